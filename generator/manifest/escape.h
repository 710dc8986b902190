// How far a text goes before something that its file escapes: eight bytes at a look.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace mlpgen {

// A byte eight times.
constexpr uint64_t eightfold(unsigned char c) { return 0x0101010101010101u * c; }

// Not 0 where one of the eight bytes is below `least` (at most 0x80).
constexpr uint64_t has_below(uint64_t bytes, unsigned char least) {
  return (bytes - eightfold(least)) & ~bytes & eightfold(0x80);
}

// Not 0 where one of the eight bytes is `c`.
constexpr uint64_t has_byte(uint64_t bytes, unsigned char c) {
  return has_below(bytes ^ eightfold(c), 1);
}

// The number of bytes of `text` before the first special one. `found(eight bytes)` is not 0 where
// one of them is special, and `special(byte)` says which.
template <class Found, class Special>
size_t plain_length(std::string_view text, Found found, Special special) {
  size_t at = 0;
  for (uint64_t bytes; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (found(bytes)) break;
  }
  while (at < text.size() && !special(text[at])) ++at;
  return at;
}

}  // namespace mlpgen
