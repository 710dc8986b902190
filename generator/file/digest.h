// SHA-256 of bytes and of files (OpenSSL, 1.5 GB/s with SHA-NI: spec performance.md B4).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mlpgen {

// A running SHA-256; hex() ends it.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::string_view bytes);
  // The bytes with their length before them, so that two fields never run together.
  void field(std::string_view bytes);
  std::string hex();  // 64 lower-case hexadecimal digits

 private:
  void* context_;
};

std::string sha256(std::string_view bytes);
Result<std::string> sha256_file(const std::string& path);  // streams; any size
bool is_hex(std::string_view text, size_t digits);  // so many hexadecimal digits, of either case
bool is_sha256(std::string_view text);              // 64 of them

}  // namespace mlpgen
