// Texts that a user wrote (recipe files, the command line) and places in them.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

enum class SourceId : uint32_t { kNone = 0xffffffff };

// A range of bytes in one source; line and column are computed only when something is printed.
struct Span {
  SourceId source = SourceId::kNone;
  uint32_t offset = 0;
  uint32_t length = 0;

  bool known() const { return source != SourceId::kNone; }
  friend bool operator==(const Span&, const Span&) = default;
};

struct Position {
  uint32_t line = 1;    // from 1
  uint32_t column = 1;  // from 1, in bytes
};

// Owns every text that a diagnostic can point into.
class Sources {
 public:
  // `name` is what a person reads before the line number: a path, or "command line".
  SourceId add(std::string name, std::string text);

  const std::string& name(SourceId id) const { return entries_[static_cast<uint32_t>(id)].name; }
  const std::string& text(SourceId id) const { return entries_[static_cast<uint32_t>(id)].text; }
  Position position(Span span) const;
  std::string_view line_of(Span span) const;  // the whole line in which the span begins
  std::string_view text_of(Span span) const;
  std::string describe(Span span) const;  // "recipes/x/recipe.yaml:4:10", or "" where unknown

 private:
  struct Entry {
    std::string name;
    std::string text;
    mutable std::vector<uint32_t> lines =
        {};  // offset of the first byte of each; filled when first asked for
  };
  std::deque<Entry> entries_;
};

}  // namespace mlpgen
