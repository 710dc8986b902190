// Words to lines.
#include "text/wrap.h"

#include <algorithm>

#include "text/text.h"

namespace mlpgen {
namespace {

// Where a line of `width` columns ends: at the last blank that fits behind `from`; else at the next
// blank, or at the end.
size_t break_of(std::string_view line, size_t from, size_t width) {
  size_t last = std::string_view::npos;
  for (size_t at = line.find(' ', from); at != std::string_view::npos;
       at = line.find(' ', at + 1)) {
    if (columns_of(line.substr(0, at)) > width) return last == std::string_view::npos ? at : last;
    last = at;
  }
  return columns_of(line) > width && last != std::string_view::npos ? last : line.size();
}

}  // namespace

size_t columns_of(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string wrap(std::string_view text, size_t width, size_t indent) {
  std::string out;
  while (!text.empty()) {
    size_t end = text.find('\n');
    std::string line(text.substr(0, end));
    bool ended = end != std::string_view::npos;
    text.remove_prefix(ended ? end + 1 : text.size());
    while (columns_of(line) > width) {
      size_t at = break_of(line, std::min(indent, line.size()), width);
      if (line.find_first_not_of(' ', at) == std::string::npos) break;
      out += line.substr(0, at) + "\n";
      line = std::string(indent, ' ') + line.substr(line.find_first_not_of(' ', at));
    }
    out += line + (ended ? "\n" : "");
  }
  return out;
}

}  // namespace mlpgen
