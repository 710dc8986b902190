// What no text may hold: control bytes, and bytes that are not UTF-8. Every text from outside is
// looked at where it enters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mlpgen {

enum class LineBreaks {
  kRefused,  // a value of one line: of the command line, the environment, a lock, a probe, a file
             // name
  kAllowed,  // a text of several lines: tab, newline and carriage return are no control bytes there
};

struct BadByte {
  size_t at = 0;      // bytes before it
  size_t length = 1;  // bytes that belong to it
  std::string what;   // "the control byte 01", "the byte ff, which is not UTF-8"
};

// The first one. Control bytes are U+0000 to U+001F and U+007F to U+009F.
std::optional<BadByte> find_bad_byte(std::string_view text,
                                     LineBreaks line_breaks = LineBreaks::kRefused);

// The text with '?' in the place of each bad byte, so that a terminal can show it.
std::string printable(std::string_view text);

// Bytes of the UTF-8 character that begins at `at`; 0 where none does.
size_t utf8_length(std::string_view text, size_t at);

}  // namespace mlpgen
