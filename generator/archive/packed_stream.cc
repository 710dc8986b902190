// gzip by zlib, since libarchive does not compare its CRC and length; the rest by libarchive.
#include "archive/packed_stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace mlpgen::tool {
namespace {

constexpr size_t kBlock = 1 << 18;
constexpr int kGzip = 15 + 16;  // zlib's word for "with gzip's head and tail"

Error unread(const std::string& path) { return {path + ": " + std::strerror(errno), ""}; }

class GzipStream : public PackedStream {
 public:
  GzipStream(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  ~GzipStream() override {
    inflateEnd(&z_);
    close(fd_);
  }
  Result<std::string_view> next() override;

 private:
  Status fill();
  Status begin_member();

  std::string path_;
  int fd_;
  z_stream z_{};
  bool in_member_ = false, any_ = false;
  std::vector<unsigned char> packed_ = std::vector<unsigned char>(kBlock);
  std::vector<char> bytes_ = std::vector<char>(kBlock);
};

// More packed bytes, where all that came were used; none at the end of the file.
Status GzipStream::fill() {
  if (z_.avail_in > 0) return Done{};
  ssize_t n;
  do n = read(fd_, packed_.data(), packed_.size());
  while (n < 0 && errno == EINTR);
  if (n < 0) return unread(path_);
  z_.next_in = packed_.data();
  z_.avail_in = static_cast<unsigned>(n);
  return Done{};
}

// A file may have several members, one after the other, and zeros after the last one.
Status GzipStream::begin_member() {
  if (!any_ && inflateInit2(&z_, kGzip) != Z_OK) return Error{"zlib could not be started", ""};
  if (any_ && inflateReset(&z_) != Z_OK) return Error{"zlib could not be started", ""};
  any_ = in_member_ = true;
  return Done{};
}

Result<std::string_view> GzipStream::next() {
  for (;;) {
    if (Status s = fill(); !s) return s.error();
    if (!in_member_) {
      while (any_ && z_.avail_in > 0 && *z_.next_in == 0) ++z_.next_in, --z_.avail_in;
      if (z_.avail_in == 0) {
        if (Status s = fill(); !s) return s.error();
        if (z_.avail_in == 0) return std::string_view();
        continue;
      }
      if (Status s = begin_member(); !s) return s.error();
    }
    bool at_end = z_.avail_in == 0;
    z_.next_out = reinterpret_cast<unsigned char*>(bytes_.data());
    z_.avail_out = static_cast<unsigned>(bytes_.size());
    int code = inflate(&z_, Z_NO_FLUSH);
    std::string_view bytes(bytes_.data(), bytes_.size() - z_.avail_out);
    if (code == Z_STREAM_END)
      in_member_ = false;
    else if (code == Z_BUF_ERROR && at_end)
      return Error{"its gzip data ends too early", ""};
    else if (code != Z_OK && code != Z_BUF_ERROR)
      return Error{std::string("its gzip data is damaged: ") +
                       (z_.msg ? z_.msg : "it needs what is not there"),
                   ""};
    if (!bytes.empty()) return bytes;
  }
}

struct FreeArchive {
  void operator()(struct archive* a) const { archive_read_free(a); }
};

class FilteredStream : public PackedStream {
 public:
  Status open(const std::string& path);
  Result<std::string_view> next() override;

 private:
  Error damaged() const {
    const char* why = archive_error_string(reader_.get());
    return {why ? why : "its packing is unknown", ""};
  }
  std::unique_ptr<struct archive, FreeArchive> reader_{archive_read_new()};
  bool empty_ = false;
};

Status FilteredStream::open(const std::string& path) {
  struct archive* a = reader_.get();
  for (auto* filter : {archive_read_support_filter_bzip2, archive_read_support_filter_xz,
                       archive_read_support_filter_lzma, archive_read_support_filter_zstd,
                       archive_read_support_filter_compress})
    if (filter(a) != ARCHIVE_OK) return Error{"this libarchive cannot unpack by itself", ""};
  archive_read_support_format_raw(a);
  archive_read_support_format_empty(a);
  if (archive_read_open_filename(a, path.c_str(), kBlock) != ARCHIVE_OK) return damaged();
  struct archive_entry* whole = nullptr;
  int code = archive_read_next_header(a, &whole);
  empty_ = code == ARCHIVE_EOF;
  return empty_ || code == ARCHIVE_OK ? Status(Done{}) : Status(damaged());
}

Result<std::string_view> FilteredStream::next() {
  const void* bytes = nullptr;
  size_t size = 0;
  la_int64_t at = 0;
  while (!empty_) {
    int code = archive_read_data_block(reader_.get(), &bytes, &size, &at);
    if (code == ARCHIVE_EOF) break;
    if (code != ARCHIVE_OK) return damaged();
    if (size > 0) return std::string_view(static_cast<const char*>(bytes), size);
  }
  return std::string_view();
}

}  // namespace

Result<std::string> first_bytes(const std::string& path, size_t count) {
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return unread(path);
  std::string bytes(count, '\0');
  ssize_t n;
  do n = read(fd, bytes.data(), count);
  while (n < 0 && errno == EINTR);
  int why = errno;
  close(fd);
  errno = why;
  if (n < 0) return unread(path);
  bytes.resize(static_cast<size_t>(n));
  return bytes;
}

Result<std::unique_ptr<PackedStream>> open_packed(const std::string& path) {
  Result<std::string> first = first_bytes(path, 2);
  if (!first) return first.error();
  if (*first == "\x1f\x8b") {
    int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return unread(path);
    return std::unique_ptr<PackedStream>(std::make_unique<GzipStream>(path, fd));
  }
  auto stream = std::make_unique<FilteredStream>();
  if (Status s = stream->open(path); !s) return s.error();
  return std::unique_ptr<PackedStream>(std::move(stream));
}

}  // namespace mlpgen::tool
