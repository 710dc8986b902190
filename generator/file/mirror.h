// "--mirror PREFIX=URL": where bytes are asked for instead.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mlpgen {

// A URL that begins with `prefix` is asked at `url` + the rest.
struct Mirror {
  std::string prefix;
  std::string url;  // http, https or file
};

// How a mirror is written, for a user who wrote another thing.
inline constexpr const char* kMirrorForm = "the URL begins with http://, https:// or file:///";

// "PREFIX=URL", parted at the last "=" that such a URL follows; nothing where there is none, or no
// prefix.
std::optional<Mirror> read_mirror(const std::string& word);

// The URL at the first mirror that fits; nothing where none does.
std::optional<std::string> mirrored(const std::string& url, const std::vector<Mirror>& mirrors);

}  // namespace mlpgen
