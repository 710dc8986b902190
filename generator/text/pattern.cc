// RE2 behind two functions.
#include "text/pattern.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <re2/re2.h>
#pragma GCC diagnostic pop

namespace mlpgen {
namespace {

// What a program prints is bytes of any encoding: each is a character.
RE2::Options options() {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  return options;
}

}  // namespace

std::string pattern_fault(const std::string& pattern) {
  RE2 compiled(pattern, options());
  if (!compiled.ok()) return compiled.error();
  return compiled.NumberOfCapturingGroups() == 0 ? "it has no group (...) that holds the version"
                                                 : "";
}

std::optional<std::vector<std::string>> search_groups(const std::string& pattern,
                                                      const std::string& text) {
  RE2 compiled(pattern, options());
  if (!compiled.ok()) return std::nullopt;
  std::vector<re2::StringPiece> found(static_cast<size_t>(compiled.NumberOfCapturingGroups()) + 1);
  if (!compiled.Match(text, 0, text.size(), RE2::UNANCHORED, found.data(),
                      static_cast<int>(found.size())))
    return std::nullopt;
  std::vector<std::string> groups;
  for (size_t i = 1; i < found.size(); ++i)
    groups.emplace_back(found[i].data() ? std::string(found[i].data(), found[i].size()) : "");
  return groups;
}

}  // namespace mlpgen
