// A file that is being fetched: what is there already, hashed as it grows.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fetch/published_digest.h"
#include "file/digest.h"

namespace mlpgen::tool {

// Where the bytes came from, so that the rest is only taken from the same version of the file.
struct Origin {
  std::string url;
  std::string
      validator;  // the server's strong ETag, else its Last-Modified; "" when it gave neither
};

class PartialFile {
 public:
  // Opens or makes it, and hashes what an earlier run left. PATH.origin is the note of its origin.
  // MD5 takes as long as SHA-256 and more, so it is only computed where it is asked for.
  static Result<PartialFile> open(const std::string& path, bool with_md5);
  PartialFile(PartialFile&& other) noexcept;
  PartialFile& operator=(PartialFile&&) = delete;
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile();

  Status append(std::string_view bytes);  // errors: disk-full, store-not-writable
  Status restart();                       // back to no bytes, from nowhere
  void set_origin(Origin origin);         // noted for a later run
  void remove();                          // the file and its note
  std::string first_bytes(size_t most) const;
  const Origin& origin() const { return origin_; }
  uint64_t size() const { return size_; }
  // These end the digests: restart() before more is appended.
  std::string sha256() { return sha256_->hex(); }
  std::string md5() { return with_md5_ ? md5_->hex() : ""; }
  const std::string& path() const { return path_; }

 private:
  PartialFile(std::string path, int fd, bool with_md5)
      : path_(std::move(path)), fd_(fd), with_md5_(with_md5) {
    begin_digests();
  }
  void begin_digests();
  void update_digests(std::string_view bytes);
  Status hash_what_is_there();

  std::string path_;
  int fd_;
  bool with_md5_;
  uint64_t size_ = 0;
  Origin origin_;
  std::unique_ptr<Sha256> sha256_;
  std::unique_ptr<PublishedDigest> md5_;
};

}  // namespace mlpgen::tool
