// A sealed JSON file of counts.
#include "command/run_directory/attempts.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>

#include "command/request/session.h"
#include "file/file.h"
#include "file/sealed.h"

namespace mlpgen {
namespace {

// Nothing where the text is not as write_attempts() made it.
std::optional<std::map<std::string, int>> attempts_in(const std::string& text) {
  if (!is_sealed(text)) return std::nullopt;
  try {
    return nlohmann::json::parse(text).at("attempts").get<std::map<std::string, int>>();
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::string damage() {
  return attempts_file() +
         " is damaged: it does not contain the number of attempts of each measurement";
}

}  // namespace

std::string attempts_file() { return std::string(kStateFolder) + "/attempts.json"; }

std::map<std::string, int> read_attempts(Sink& sink) {
  if (!may_be_there(attempts_file())) return {};
  Result<std::string> text = read_file(attempts_file());
  if (!text) {
    sink.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
    return {};
  }
  if (std::optional<std::map<std::string, int>> attempts = attempts_in(*text)) return *attempts;
  sink.error("damaged-attempts", {}, damage())
      .with_help("run `mlpgen configure --again`, which sets it aside: no attempt is lost");
  return {};
}

Result<bool> write_attempts(const std::map<std::string, int>& attempts) {
  nlohmann::json j = {{"format", 1}, {"attempts", attempts}};
  return write_file_if_changed(attempts_file(), sealed(j.dump() + "\n"));
}

Status prepare_attempts(Sink& sink) {
  if (may_be_there(attempts_file())) {
    Result<std::string> text = read_file(attempts_file());
    if (!text || attempts_in(*text)) return Done{};  // what cannot be read is reported by the plan
    std::string aside = attempts_file() + ".damaged";
    if (std::rename(attempts_file().c_str(), aside.c_str()) != 0)
      return Error{attempts_file() + " cannot be set aside: " + std::strerror(errno), "remove it"};
    sink.warning("damaged-attempts", {}, damage())
        .with_help("it is " + aside +
                   " now, and the first attempts count; `mlpgen rerun TARGET` goes on to the next "
                   "ones, which are kept");
  }
  Result<bool> written = write_attempts({});
  if (!written) return written.error();
  return Done{};
}

}  // namespace mlpgen
