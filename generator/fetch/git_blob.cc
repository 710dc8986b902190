// Bytes to the SHA-1 that Git names them by.
#include "fetch/git_blob.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

#include "fetch/published_digest.h"

namespace mlpgen::tool {
namespace {

std::string blob_head(uint64_t size) {
  std::string head = "blob " + std::to_string(size);
  head += '\0';
  return head;
}

}  // namespace

std::string blob_id_of_text(const std::string& bytes) {
  PublishedDigest digest(PublishedDigest::Kind::kSha1);
  digest.update(blob_head(bytes.size()));
  digest.update(bytes);
  return digest.hex();
}

std::string blob_id(const std::string& path) {
  std::error_code why;
  uint64_t size = std::filesystem::file_size(path, why);
  std::ifstream in(path, std::ios::binary);
  if (why || !in) return "";
  PublishedDigest digest(PublishedDigest::Kind::kSha1);
  digest.update(blob_head(size));
  std::vector<char> buffer(1 << 18);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    digest.update({buffer.data(), static_cast<size_t>(in.gcount())});
  return digest.hex();
}

}  // namespace mlpgen::tool
