// Appending, hashing and starting again.
#include "fetch/partial_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "file/file.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

std::string origin_path(const std::string& path) { return path + ".origin"; }

Error failed(const std::string& path) {
  if (errno == ENOSPC || errno == EDQUOT)
    return named_error("disk-full", path + " cannot be written: " + std::strerror(errno),
                       "free some space on the disk of the store, then run the same command again: "
                       "it continues where it stopped");
  return named_error("store-not-writable", path + " cannot be written: " + std::strerror(errno),
                     "set MLPGEN_STORE to a folder of yours");
}

}  // namespace

Result<PartialFile> PartialFile::open(const std::string& path, bool with_md5) {
  int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (fd < 0) return failed(path);
  PartialFile file(path, fd, with_md5);
  if (Status s = file.hash_what_is_there(); !s) return s.error();
  if (Result<std::string> note = read_file(origin_path(path)); note) {
    std::vector<std::string> lines = split(*note, '\n');
    if (lines.size() >= 2) file.origin_ = {lines[0], lines[1]};
  }
  return file;
}

PartialFile::PartialFile(PartialFile&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(other.fd_),
      with_md5_(other.with_md5_),
      size_(other.size_),
      origin_(std::move(other.origin_)),
      sha256_(std::move(other.sha256_)),
      md5_(std::move(other.md5_)) {
  other.fd_ = -1;
}

PartialFile::~PartialFile() {
  if (fd_ >= 0) close(fd_);
}

void PartialFile::begin_digests() {
  sha256_ = std::make_unique<Sha256>();
  if (with_md5_) md5_ = std::make_unique<PublishedDigest>(PublishedDigest::Kind::kMd5);
}

void PartialFile::update_digests(std::string_view bytes) {
  sha256_->update(bytes);
  if (with_md5_) md5_->update(bytes);
}

// A note that cannot be written costs a later run the bytes that are there, nothing else.
void PartialFile::set_origin(Origin origin) {
  origin_ = std::move(origin);
  (void)write_file(origin_path(path_), origin_.url + "\n" + origin_.validator + "\n");
}

void PartialFile::remove() {
  unlink(path_.c_str());
  unlink(origin_path(path_).c_str());
}

Status PartialFile::hash_what_is_there() {
  std::vector<char> buffer(1 << 20);
  for (;;) {
    ssize_t n = read(fd_, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path_);
    if (n == 0) return Done{};
    update_digests({buffer.data(), static_cast<size_t>(n)});
    size_ += static_cast<uint64_t>(n);
  }
}

Status PartialFile::append(std::string_view bytes) {
  update_digests(bytes);
  while (!bytes.empty()) {
    ssize_t n = write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path_);
    size_ += static_cast<uint64_t>(n);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return Done{};
}

std::string PartialFile::first_bytes(size_t most) const {
  std::string bytes(most, '\0');
  ssize_t n = pread(fd_, bytes.data(), most, 0);
  bytes.resize(n > 0 ? static_cast<size_t>(n) : 0);
  return bytes;
}

Status PartialFile::restart() {
  if (ftruncate(fd_, 0) != 0 || lseek(fd_, 0, SEEK_SET) != 0) return failed(path_);
  size_ = 0;
  begin_digests();
  origin_ = {};
  unlink(origin_path(path_).c_str());
  return Done{};
}

}  // namespace mlpgen::tool
