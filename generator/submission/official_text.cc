// Python's text mode: universal newlines, strict UTF-8.
#include "submission/official_text.h"

#include <algorithm>

#include "base/file.h"

namespace mlpgen::submission {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

unsigned char at(std::string_view text, size_t i) { return static_cast<unsigned char>(text[i]); }

bool continues(std::string_view text, size_t i) {
  return i < text.size() && (at(text, i) & 0xC0) == 0x80;
}

// Bytes of the character that begins at `i`; 0: none begins there. No overlong forms, surrogates or
// values above U+10FFFF (RFC 3629).
size_t character_length(std::string_view text, size_t i) {
  unsigned char c = at(text, i);
  if (c < 0x80) return 1;
  size_t length = c >= 0xC2 && c <= 0xDF   ? 2
                  : (c & 0xF0) == 0xE0     ? 3
                  : c >= 0xF0 && c <= 0xF4 ? 4
                                           : 0;
  for (size_t k = 1; k < length; ++k)
    if (!continues(text, i + k)) return 0;
  if (length < 3) return length;
  unsigned char second = at(text, i + 1);
  bool wrong = (c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) ||
               (c == 0xF0 && second < 0x90) || (c == 0xF4 && second > 0x8F);
  return wrong ? 0 : length;
}

// Where the first byte stands that is not UTF-8; npos: nowhere.
size_t utf8_fault(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    size_t length = character_length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace

std::string universal_newlines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
      continue;
    }
    out += '\n';
    if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
  }
  return out;
}

Result<std::string> read_official_text(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text) return text;
  size_t fault = utf8_fault(*text);
  if (fault != std::string::npos) {
    std::string_view before = std::string_view(*text).substr(0, fault);
    size_t line = 1 + static_cast<size_t>(std::count(before.begin(), before.end(), '\n'));
    size_t column =
        fault - (before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1) + 1;
    return Error{path + ":" + std::to_string(line) + ":" + std::to_string(column) +
                     ": this byte is not UTF-8; the official tools end in a traceback here",
                 "convert the file, e.g. `iconv -f latin1 -t utf8 FILE`"};
  }
  return universal_newlines(*text);
}

std::string json_text_fault(std::string_view text) {
  return text.starts_with(kByteOrderMark)
             ? "it begins with a byte order mark, at which the official checker ends in a traceback"
             : "";
}

std::string_view first_characters(std::string_view text, size_t count) {
  size_t end = 0;
  for (; count > 0 && end < text.size(); --count) {
    ++end;
    while (continues(text, end)) ++end;
  }
  return text.substr(0, end);
}

}  // namespace mlpgen::submission
