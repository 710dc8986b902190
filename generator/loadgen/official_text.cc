// Python's text mode: universal newlines, strict UTF-8.
#include "loadgen/official_text.h"

#include <algorithm>

#include "file/file.h"

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

bool is_ascii(std::string_view text) {
  unsigned char any = 0;
  for (char c : text) any = static_cast<unsigned char>(any | static_cast<unsigned char>(c));
  return any < 0x80;
}

// Where the first byte stands that is not UTF-8; npos: nowhere.
size_t utf8_fault(std::string_view text) {
  if (is_ascii(text)) return std::string_view::npos;
  for (size_t i = 0; i < text.size();) {
    while (i < text.size() && at(text, i) < 0x80) ++i;
    if (i == text.size()) break;
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
  while (!text.empty()) {
    size_t end = text.find('\r');
    out += text.substr(0, end);
    if (end == std::string_view::npos) break;
    out += '\n';
    text.remove_prefix(text.substr(end + 1).starts_with('\n') ? end + 2 : end + 1);
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
  if (text->find('\r') == std::string::npos) return text;
  return universal_newlines(*text);
}

nlohmann::json parse_official_json(std::string_view text) {
  constexpr int kDeepest = 100;
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '[' || c == '{') && ++depth > kDeepest)
      return nlohmann::json(nlohmann::json::value_t::discarded);
    if (!quoted && (c == ']' || c == '}')) --depth;
  }
  return nlohmann::json::parse(text, nullptr, false);
}

std::string json_text_fault(std::string_view text) {
  return text.starts_with(kByteOrderMark)
             ? "it begins with a byte order mark, at which the official checker ends in a traceback"
             : "";
}

bool has_foreign_digit(std::string_view text) {
  // Where each run of ten decimal digits begins beyond ASCII (Unicode 15, category Nd).
  static constexpr uint32_t kZeros[] = {
      0x660,   0x6F0,   0x7C0,   0x966,   0x9E6,   0xA66,   0xAE6,   0xB66,   0xBE6,   0xC66,
      0xCE6,   0xD66,   0xDE6,   0xE50,   0xED0,   0xF20,   0x1040,  0x1090,  0x17E0,  0x1810,
      0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,
      0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0,
      0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950,
      0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
      0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0};
  for (size_t i = 0; i < text.size();) {
    size_t length = std::max<size_t>(1, character_length(text, i));
    if (length > 1) {
      uint32_t c = at(text, i) & (0xFFu >> (length + 1));
      for (size_t k = 1; k < length; ++k) c = (c << 6) | (at(text, i + k) & 0x3Fu);
      for (uint32_t zero : kZeros)
        if (c >= zero && c < zero + 10) return true;
    }
    i += length;
  }
  return false;
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
