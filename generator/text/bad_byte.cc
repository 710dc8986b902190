// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#include "text/bad_byte.h"

#include <cstdint>
#include <cstring>

namespace mlpgen {
namespace {

std::string hex_byte(unsigned char byte) {
  static const char* kHex = "0123456789abcdef";
  return {kHex[byte >> 4], kHex[byte & 15]};
}

// The range of the second byte, which alone tells overlong forms, surrogates and too large ones.
bool fits_second(unsigned char first, unsigned char second) {
  unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

// Whether all of the next eight bytes are printable ASCII; may be false where they are. Most of all
// texts is nothing else.
bool are_plain(const char* bytes) {
  constexpr uint64_t kEach = 0x0101010101010101u;
  uint64_t eight;
  std::memcpy(&eight, bytes, sizeof eight);
  return ((eight | (eight - 0x20 * kEach) | (eight + kEach)) & (0x80 * kEach)) == 0;
}

bool is_line_byte(unsigned char byte) { return byte == '\n' || byte == '\t' || byte == '\r'; }

}  // namespace

size_t utf8_length(std::string_view text, size_t at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(at);
  if (first < 0x80) return 1;
  size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > text.size() ||
      !fits_second(first, byte(at + 1)))
    return 0;
  for (size_t k = 2; k < length; ++k)
    if ((byte(at + k) & 0xc0) != 0x80) return 0;
  return length;
}

std::optional<BadByte> find_bad_byte(std::string_view text, LineBreaks line_breaks) {
  const char* bytes = text.data();
  for (size_t i = 0; i < text.size();) {
    if (i + 8 <= text.size() && are_plain(bytes + i)) {
      i += 8;
      continue;
    }
    auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte >= 0x20 && byte < 0x7f) {
      ++i;
      continue;
    }
    size_t length = utf8_length(text, i);
    if (length == 0) return BadByte{i, 1, "the byte " + hex_byte(byte) + ", which is not UTF-8"};
    bool late_control =
        byte == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0;  // U+0080 to U+009F
    if (late_control)
      return BadByte{
          i, 2, "the control character U+00" + hex_byte(static_cast<unsigned char>(text[i + 1]))};
    if (byte < 0x80 && (line_breaks == LineBreaks::kRefused || !is_line_byte(byte)))
      return BadByte{i, 1, "the control byte " + hex_byte(byte)};
    i += length;
  }
  return std::nullopt;
}

std::string printable(std::string_view text) {
  std::string shown;
  while (std::optional<BadByte> bad = find_bad_byte(text)) {
    shown += text.substr(0, bad->at);
    shown += '?';
    text.remove_prefix(bad->at + bad->length);
  }
  return shown += text;
}

}  // namespace mlpgen
