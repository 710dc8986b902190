// Samples one after another -> NumPy's .npy file of shape [n, ...], written beside and renamed.
#include "npy_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace mlpgen {
namespace {

[[noreturn]] void stop(const std::string& path) {
  throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
}

void write_all(int fd, const void* data, size_t bytes, size_t at, const std::string& path) {
  const auto* from = static_cast<const char*>(data);
  for (size_t done = 0; done < bytes;) {
    const ssize_t got = pwrite(fd, from + done, bytes - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) stop(path);
    done += static_cast<size_t>(got);
  }
}

}  // namespace

std::string npy_header(const std::vector<int64_t>& shape) {
  std::string dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < shape.size(); ++i) {
    if (i) dict += ", ";
    dict += std::to_string(shape[i]);
  }
  if (shape.size() == 1) dict += ",";
  dict += "), }";
  constexpr size_t kPrefix = 10;  // magic, version, length
  const size_t total = (kPrefix + dict.size() + 1 + 63) / 64 * 64;
  dict.resize(total - kPrefix - 1, ' ');
  dict += '\n';
  std::string header = "\x93NUMPY";
  header += {'\1', '\0', static_cast<char>(dict.size() & 255), static_cast<char>(dict.size() >> 8)};
  return header + dict;
}

NpyWriter::NpyWriter(const std::string& path, const std::vector<int64_t>& shape)
    : path_(path), partial_(path + ".partial") {
  fd_ = open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd_ < 0) stop(partial_);
  size_t bytes = sizeof(float);
  for (int64_t axis : shape) bytes *= static_cast<size_t>(axis);
  const std::string header = npy_header(shape);
  offset_ = header.size();
  try {
    // A full disk is told now, not after an hour's work.
    if (const int error = posix_fallocate(fd_, 0, static_cast<off_t>(offset_ + bytes)); error) {
      errno = error;
      stop(partial_);
    }
    write_all(fd_, header.data(), header.size(), 0, partial_);
  } catch (...) {
    close(fd_);
    unlink(partial_.c_str());
    throw;
  }
}

NpyWriter::~NpyWriter() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(partial_.c_str());
}

void NpyWriter::write(size_t index, const void* data, size_t bytes) {
  write_all(fd_, data, bytes, offset_ + index * bytes, partial_);
}

void NpyWriter::finish() {
  if (close(fd_) != 0) stop(partial_);
  fd_ = -1;
  if (rename(partial_.c_str(), path_.c_str()) != 0) stop(path_);
}

}  // namespace mlpgen
