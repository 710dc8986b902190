// Tokens of the environment, each for the host that it is meant for and no other.
#include "tool/access_header.h"

#include <cstdlib>

#include "base/text.h"

namespace mlpgen::tool {
namespace {

constexpr const char* kHubHost = "https://huggingface.co";

std::string access_variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::string(trim(value)) : "";
}

std::string hub_place() {
  std::string place = access_variable("HF_ENDPOINT");
  while (place.ends_with('/')) place.pop_back();
  return (place.empty() ? kHubHost : place) + "/";
}

}  // namespace

std::string access_header(const std::string& url) {
  for (const std::string& line : split(access_variable("MLPGEN_HEADER"), '\n')) {
    std::string text(trim(line));
    size_t colon = text.find(": ");
    size_t equal = colon == text.npos ? text.npos : text.rfind('=', colon);
    if (equal == text.npos || equal == 0) continue;
    if (url.starts_with(text.substr(0, equal))) return text.substr(equal + 1);
  }
  std::string token = access_variable("HF_TOKEN");
  if (!token.empty() && url.starts_with(hub_place())) return "Authorization: Bearer " + token;
  return "";
}

std::string access_help(const std::string& url) {
  if (url.starts_with(hub_place()))
    return "it may ask you to accept terms: do that on its page, and set HF_TOKEN to a token of "
           "yours that may read it";
  return "";
}

}  // namespace mlpgen::tool
