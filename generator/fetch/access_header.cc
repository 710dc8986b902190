// Tokens of the environment, each for the host that it is meant for and no other.
#include "fetch/access_header.h"

#include <curl/curl.h>

#include <cstdlib>
#include <memory>

#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr const char* kHubHost = "https://huggingface.co";

std::string access_variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::string(trim(value)) : "";
}

// The parts of a URL as libcurl, which will call it, takes them. An empty host: no URL.
struct UrlParts {
  std::string scheme, host, port, path;
};

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

UrlParts parts_of(const std::string& text) {
  std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return {};
  auto part = [&](CURLUPart which) {
    char* value = nullptr;
    if (curl_url_get(url.get(), which, &value, CURLU_DEFAULT_PORT) != CURLUE_OK)
      return std::string();
    std::string copy(value);
    curl_free(value);
    return copy;
  };
  return {lower(part(CURLUPART_SCHEME)), lower(part(CURLUPART_HOST)), part(CURLUPART_PORT),
          part(CURLUPART_PATH)};
}

// Whether the URL has the prefix's scheme, host and port, and its path begins as the prefix's does.
bool is_below(const std::string& url, const std::string& prefix) {
  UrlParts a = parts_of(url), b = parts_of(prefix);
  return !b.host.empty() && a.scheme == b.scheme && a.host == b.host && a.port == b.port &&
         a.path.starts_with(b.path);
}

std::string hub_place() {
  std::string place = access_variable("HF_ENDPOINT");
  return place.empty() ? kHubHost : place;
}

}  // namespace

std::string access_header(const std::string& url) {
  for (const std::string& line : split(access_variable("MLPGEN_HEADER"), '\n')) {
    std::string text(trim(line));
    size_t colon = text.find(": ");
    size_t equal = colon == text.npos ? text.npos : text.rfind('=', colon);
    if (equal == text.npos || equal == 0) continue;
    if (is_below(url, text.substr(0, equal))) return text.substr(equal + 1);
  }
  std::string token = access_variable("HF_TOKEN");
  if (!token.empty() && is_below(url, hub_place())) return "Authorization: Bearer " + token;
  return "";
}

std::string access_help(const std::string& url) {
  if (is_below(url, hub_place()))
    return "it may ask you to accept terms: do that on its page, and set HF_TOKEN to a token of "
           "yours that may read it";
  return "";
}

}  // namespace mlpgen::tool
