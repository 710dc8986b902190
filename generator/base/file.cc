// Whole files: read, write atomically, stamp.
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace mlpgen {
namespace {

Error failed(const std::string& path, const char* what) {
  int why = errno;
  Error e{path + " cannot be " + what + ": " + std::strerror(why), ""};
  if (why == ENOSPC) e.help = "free some space on that disk, then run the same command again: nothing was half-written";
  if (why == EACCES || why == EROFS) e.help = "check its owner and mode: `ls -ld " + path + "`";
  return e;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed(path, "read");
  struct stat st {};
  std::string text;
  if (fstat(fd, &st) == 0 && st.st_size > 0) text.reserve(static_cast<size_t>(st.st_size));
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      Error e = failed(path, "read");
      close(fd);
      return e;
    }
    if (n == 0) break;
    text.append(buffer, static_cast<size_t>(n));
  }
  close(fd);
  return text;
}

Status write_file(const std::string& path, std::string_view bytes, unsigned mode) {
  std::string temporary = path + ".tmp." + std::to_string(getpid());
  int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (fd < 0) return failed(path, "written");
  bool written = write_all(fd, bytes) && fsync(fd) == 0;
  if (!written || close(fd) != 0 || rename(temporary.c_str(), path.c_str()) != 0) {
    Error e = failed(path, "written");
    if (!written) close(fd);
    unlink(temporary.c_str());
    return e;
  }
  return Done{};
}

Result<bool> write_file_if_changed(const std::string& path, std::string_view bytes) {
  struct stat st {};
  if (stat(path.c_str(), &st) == 0 && static_cast<size_t>(st.st_size) == bytes.size()) {
    Result<std::string> old = read_file(path);
    if (old && *old == bytes) return false;
  }
  if (Status s = write_file(path, bytes); !s) return s.error();
  return true;
}

bool exists(const std::string& path) {
  struct stat st {};
  return stat(path.c_str(), &st) == 0;
}

Result<FileStamp> stamp_of(const std::string& path) {
  struct stat st {};
  if (stat(path.c_str(), &st) != 0) return failed(path, "read");
  return FileStamp{static_cast<uint64_t>(st.st_size),
                   static_cast<int64_t>(st.st_mtim.tv_sec) * 1'000'000'000 + st.st_mtim.tv_nsec,
                   static_cast<uint64_t>(st.st_ino)};
}

Status make_directories(const std::string& path) {
  std::error_code why;
  std::filesystem::create_directories(path, why);
  if (!why) return Done{};
  errno = why.value();
  return failed(path, "made");
}

}  // namespace mlpgen
