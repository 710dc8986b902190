// The entries of a tar or zip file, each with checked bytes (libarchive).
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstdint>
#include <memory>
#include <string>

#include "archive/packed_stream.h"
#include "base/result.h"

namespace mlpgen::tool {

struct FreeReader {
  void operator()(struct archive* a) const { archive_read_free(a); }
};

// Errors: `not-an-archive`, for another format, for damage, and for whatever libarchive only warns
// of. A tar must have its end mark; what stands after it is unpacked too, so that its checksums
// count, up to `most_bytes`.
class ArchiveReader {
 public:
  static Result<ArchiveReader> open(const std::string& path, uint64_t most_bytes);

  // Null at the end.
  Result<struct archive_entry*> next();
  struct Block {
    const char* bytes;
    size_t size;
    uint64_t at;  // offset in the file
  };
  // Of the entry; null bytes at its end.
  Result<Block> block();

 private:
  struct Source {  // at one place, whose address libarchive has
    std::unique_ptr<PackedStream> stream;
    Error error;
    bool failed = false;
  };
  ArchiveReader(std::string path, uint64_t most_bytes);
  Status open_tar();
  Status open_zip();
  Status check_end(int64_t before);
  Error unreadable() const;
  static la_ssize_t on_read(struct archive*, void* source, const void** bytes);

  std::string path_;
  uint64_t most_bytes_;
  bool begun_ = false;              // there is an entry whose bytes may be left
  std::unique_ptr<Source> source_;  // outlives reader_; without a stream for a zip
  std::unique_ptr<struct archive, FreeReader> reader_;
};

}  // namespace mlpgen::tool
