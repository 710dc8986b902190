// Words and URLs to mirrors.
#include "file/mirror.h"

#include <algorithm>

namespace mlpgen {

std::optional<Mirror> read_mirror(const std::string& word) {
  size_t equals = 0;
  for (const char* scheme : {"=http://", "=https://", "=file:///"})
    if (size_t at = word.rfind(scheme); at != std::string::npos) equals = std::max(equals, at);
  if (equals == 0) return std::nullopt;
  return Mirror{word.substr(0, equals), word.substr(equals + 1)};
}

std::optional<std::string> mirrored(const std::string& url, const std::vector<Mirror>& mirrors) {
  for (const Mirror& mirror : mirrors)
    if (url.starts_with(mirror.prefix)) return mirror.url + url.substr(mirror.prefix.size());
  return std::nullopt;
}

}  // namespace mlpgen
