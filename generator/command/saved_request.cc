// The request of a run directory to and from JSON, and whose it is.
#include "command/saved_request.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/sealed.h"
#include "command/session.h"

namespace mlpgen {
namespace {

std::string request_file() { return std::string(kStateFolder) + "/request.json"; }

SavedRequest request_of(const nlohmann::json& j) {
  SavedRequest s;
  s.words = j.value("words", s.words);
  s.directory = j.value("directory", "");
  s.path = j.value("path", "");
  s.trusted = j.value("trusted", s.trusted);
  s.lock = j.value("lock", "");
  s.presets = j.value("presets", "");
  s.mirrors = j.value("mirrors", s.mirrors);
  s.offline = j.value("offline", false);
  s.vendor = j.value("vendor", "");
  s.lock_use = lock_use_of(j.value("lock_use", ""));
  return s;
}

bool is_me(uid_t owner) {
  if (owner == geteuid()) return true;
  const char* caller = geteuid() == 0 ? std::getenv("SUDO_UID") : nullptr;
  return caller && std::to_string(owner) == caller;
}

}  // namespace

Result<std::optional<SavedRequest>> read_saved_request() {
  if (!may_be_there(request_file())) return std::optional<SavedRequest>();
  Result<std::string> text = read_file(request_file());
  if (!text) return text.error();
  const Error damaged{request_file() + " was damaged: what this directory was configured with is not known", "configure it again with its words: mlpgen configure WORDS"};
  if (!is_sealed(*text)) return damaged;
  try {
    nlohmann::json j = nlohmann::json::parse(*text);
    if (j.at("format") != 1) return damaged;
    return std::optional(request_of(j));
  } catch (const nlohmann::json::exception&) {
    return damaged;
  }
}

Status write_saved_request(const SavedRequest& r) {
  nlohmann::json j = {{"format", 1}, {"words", r.words}, {"directory", r.directory}, {"path", r.path}, {"trusted", r.trusted}, {"lock", r.lock}, {"presets", r.presets}, {"mirrors", r.mirrors}, {"offline", r.offline}};
  if (r.lock_use != LockUse::kAsNeeded) j["lock_use"] = to_word(r.lock_use);
  if (!r.vendor.empty()) j["vendor"] = r.vendor;
  Result<bool> written = write_file_if_changed(request_file(), sealed(j.dump(1) + "\n"));
  if (!written) return written.error();
  return Done{};
}

std::optional<uid_t> foreign_owner() {
  struct stat st {};
  for (const std::string& path : {std::string(kStateFolder), request_file()})
    if (lstat(path.c_str(), &st) == 0 && !is_me(st.st_uid)) return st.st_uid;
  return std::nullopt;
}

}  // namespace mlpgen
