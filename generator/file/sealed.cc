// {"digest":"64 digits", and the rest.
#include "file/sealed.h"

#include <libdeflate.h>

#include <cstdint>

#include "file/digest.h"
#include "file/file.h"

namespace mlpgen {
namespace {

constexpr std::string_view kHead = "{\"digest\":\"", kTail = "\",";
constexpr std::string_view kLineHead = ",\"crc32\":\"", kLineTail = "\"}";
constexpr size_t kDigits = 64, kLineDigits = 8;

}  // namespace

std::string sealed(std::string_view json) {
  std::string_view rest = json.substr(1);  // what follows the brace
  return std::string(kHead) + sha256(rest) + std::string(kTail) + std::string(rest);
}

bool is_sealed(std::string_view text) {
  constexpr size_t kBegin = kHead.size() + kDigits;
  if (!text.starts_with(kHead) || text.size() < kBegin ||
      text.substr(kBegin, kTail.size()) != kTail)
    return false;
  return sha256(text.substr(kBegin + kTail.size())) == text.substr(kHead.size(), kDigits);
}

std::string line_seal(std::string_view line) {
  uint32_t sum = libdeflate_crc32(0, line.data(), line.size());
  std::string seal(kLineHead);
  for (int shift = 28; shift >= 0; shift -= 4) seal += "0123456789abcdef"[sum >> shift & 15];
  return seal += kLineTail;
}

bool is_sealed_line(std::string_view line) {
  constexpr size_t kSeal = kLineHead.size() + kLineDigits + kLineTail.size();
  if (line.size() < kSeal) return false;
  std::string_view body = line.substr(0, line.size() - kSeal);
  return line.substr(body.size()) == line_seal(body);
}

std::optional<std::string> read_sealed(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text || !is_sealed(*text)) return std::nullopt;
  return std::move(*text);
}

}  // namespace mlpgen
