// MD5 and SHA-1 (OpenSSL): what others publish of their files. Nothing of ours is named by them.
#pragma once

#include <string>
#include <string_view>

namespace mlpgen::tool {

// A running digest; hex() ends it.
class PublishedDigest {
 public:
  enum class Kind { kMd5, kSha1 };
  explicit PublishedDigest(Kind kind);
  ~PublishedDigest();
  PublishedDigest(const PublishedDigest&) = delete;
  PublishedDigest& operator=(const PublishedDigest&) = delete;

  void update(std::string_view bytes);
  std::string hex();  // 32 or 40 lower-case hexadecimal digits

 private:
  void* context_;
};

}  // namespace mlpgen::tool
