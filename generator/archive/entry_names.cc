// Globs and prefixes over an archive's names.
#include "archive/entry_names.h"

#include <filesystem>

#include "text/text.h"

namespace mlpgen::tool {
namespace {

// The name without its first `strip` folders; "" when it has no more parts than that.
std::string stripped(const std::string& name, unsigned strip) {
  std::vector<std::string> parts;
  for (const std::string& part : split(name, '/'))
    if (!part.empty() && part != ".") parts.push_back(part);
  if (parts.size() <= strip) return "";
  return join({parts.begin() + strip, parts.end()}, "/");
}

}  // namespace

std::string EntryNames::wanted(const std::string& full) {
  std::string name = stripped(full, request_.strip);
  bool fits = request_.select.empty();
  for (size_t i = 0; i < request_.select.size() && !name.empty(); ++i)
    if (matches_glob(request_.select[i], name)) {
      fits = true;
      select_used_[i] = 1;
    }
  if (!fits) return "";
  for (size_t i = 0; i < request_.rename.size(); ++i)
    if (name == request_.rename[i].first || name.starts_with(request_.rename[i].first + "/"))
      rename_used_[i] = 1;
  return name;
}

std::string EntryNames::mapped(const std::string& name) const {
  auto plain = [](const std::string& path) {
    return std::filesystem::path(path).lexically_normal().string();
  };
  for (const auto& [from, to] : request_.rename) {
    if (name == from) return plain(to);
    if (name.starts_with(from + "/")) return plain(to + name.substr(from.size()));
  }
  return plain(name);
}

Status EntryNames::check_used() const {
  for (size_t i = 0; i < select_used_.size(); ++i)
    if (!select_used_[i])
      return named_error(
          "nothing-selected",
          "no name in " + request_.archive + " matches --select " + request_.select[i],
          "list the names with `bsdtar -tf` and mind --strip, which comes first");
  for (size_t i = 0; i < rename_used_.size(); ++i)
    if (!rename_used_[i])
      return named_error("nothing-selected",
                         "no name in " + request_.archive + " is " + request_.rename[i].first +
                             ", which --rename names",
                         "list the names with `bsdtar -tf` and mind --strip, which comes first");
  return Done{};
}

}  // namespace mlpgen::tool
