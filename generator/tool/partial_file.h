// A file that is being fetched: what is there already, hashed as it grows.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"

namespace mlpgen::tool {

class PartialFile {
 public:
  // Opens or makes it, and hashes what an earlier run left.
  static Result<PartialFile> open(const std::string& path);
  PartialFile(PartialFile&& other) noexcept;
  PartialFile& operator=(PartialFile&&) = delete;
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile();

  Status append(std::string_view bytes);  // errors: disk-full, store-not-writable
  Status restart();                       // back to no bytes
  uint64_t size() const { return size_; }
  std::string hex() { return hash_->hex(); }  // ends the hash: restart() before more is appended
  const std::string& path() const { return path_; }

 private:
  PartialFile(std::string path, int fd)
      : path_(std::move(path)), fd_(fd), hash_(std::make_unique<Sha256>()) {}
  Status hash_what_is_there();

  std::string path_;
  int fd_;
  uint64_t size_ = 0;
  std::unique_ptr<Sha256> hash_;
};

}  // namespace mlpgen::tool
