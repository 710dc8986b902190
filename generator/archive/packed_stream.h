// The bytes of a packed file, to its last one: every checksum of the packing is compared.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mlpgen::tool {

class PackedStream {
 public:
  virtual ~PackedStream() = default;
  // The next bytes, valid until the next call; none at the end. Errors are plain sentences.
  virtual Result<std::string_view> next() = 0;
};

// Unpacks gzip (zlib) and bzip2, xz, lzma, zstd, compress (libarchive); other bytes pass as they
// are.
Result<std::unique_ptr<PackedStream>> open_packed(const std::string& path);

// The first bytes of a file, at most `count`.
Result<std::string> first_bytes(const std::string& path, size_t count);

}  // namespace mlpgen::tool
