// Command line, environment and the run directory's file into one list of mirrors.
#include "fetch/source_settings.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "file/file.h"
#include "file/sealed.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen::tool {
namespace {

bool has_scheme(const std::string& url, std::initializer_list<const char*> schemes) {
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](const char* scheme) { return lower(url).starts_with(scheme); });
}

Status add_mirror(SourceSettings& settings, const std::string& word) {
  Result<Mirror> mirror = expect_mirror(word);
  if (!mirror) return mirror.error();
  settings.mirrors.push_back(*mirror);
  return Done{};
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

Status add_file(SourceSettings& settings, const std::string& file) {
  Result<std::string> text = read_file(file);
  if (!text) return text.error();
  try {
    nlohmann::json j = nlohmann::json::parse(*text);
    if (j.at("format") == 1 && is_sealed(*text)) {
      for (const nlohmann::json& word : j.value("mirrors", nlohmann::json::array()))
        if (Status s = add_mirror(settings, word.get<std::string>()); !s) return s;
      settings.offline = settings.offline || j.value("offline", false);
      return Done{};
    }
  } catch (const nlohmann::json::exception&) {
  }
  return named_error("bad-json", file + " is not {format: 1, mirrors: [PREFIX=URL], offline: bool}",
                     "remove it, then run `mlpgen configure` again");
}

}  // namespace

Status expect_no_secret(const std::string& url) {
  if (!has_url_secret(url)) return Done{};
  return named_error("secret-given", "'" + without_secrets(url) + "' has a password or token in it",
                     kUrlSecretHelp);
}

Result<Mirror> expect_mirror(const std::string& word) {
  if (Status s = expect_no_secret(word); !s) return s.error();
  if (std::optional<Mirror> mirror = read_mirror(word)) return *mirror;
  return named_error("usage", "'" + word + "' after --mirror is not of the form PREFIX=URL",
                     kMirrorForm);
}

bool offline_by_environment() {
  std::string offline = variable("MLPGEN_OFFLINE");
  return !offline.empty() && offline != "0";
}

Status add_settings(SourceSettings& settings, const std::string& file) {
  for (const std::string& word : split(variable("MLPGEN_MIRROR"), ' '))
    if (!word.empty())
      if (Status s = add_mirror(settings, word); !s) return s;
  settings.offline = settings.offline || offline_by_environment();
  return file.empty() || !exists(file) ? Status(Done{}) : add_file(settings, file);
}

Result<std::string> asked_url(const std::string& url, const std::vector<Mirror>& mirrors) {
  if (Status s = expect_no_secret(url); !s) return s.error();
  if (std::optional<std::string> elsewhere = mirrored(url, mirrors)) return *elsewhere;
  if (has_scheme(url, {"http://", "https://"})) return url;
  return named_error("bad-url", "'" + url + "' cannot be fetched",
                     "use http:// or https://; a file:// URL may only be a mirror");
}

}  // namespace mlpgen::tool
