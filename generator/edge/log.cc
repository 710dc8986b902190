// Writes the log through the filter.
#include "edge/log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "file/file.h"

namespace mlpgen {
namespace {

constexpr size_t kTailBytes = 1 << 16;  // enough for 20 lines; a log can be gigabytes long

Error unwritable(const std::string& path, int why) {
  Error e{"the log " + path + " cannot be written: " + std::strerror(why), ""};
  if (why == ENOSPC) e.help = "free some space on that disk, then run ninja again";
  return e;
}

int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    ssize_t n = write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(static_cast<size_t>(n));
  }
  return 0;
}

}  // namespace

Result<EdgeLog> EdgeLog::create(const std::string& path, std::vector<std::string> secrets,
                                bool verbose) {
  if (Status s = make_directories(path.substr(0, path.rfind('/'))); !s) return s.error();
  int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (fd < 0) return unwritable(path, errno);
  return EdgeLog(path, fd, std::move(secrets), verbose);
}

EdgeLog::EdgeLog(EdgeLog&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      filter_(std::move(other.filter_)),
      verbose_(other.verbose_),
      error_(other.error_) {}

EdgeLog::~EdgeLog() {
  if (descriptor_ >= 0) close(descriptor_);
}

void EdgeLog::write_out(std::string_view text) {
  if (!error_) error_ = write_all(descriptor_, text);
  if (verbose_) write_all(STDERR_FILENO, text);
}

void EdgeLog::add(std::string_view text) { write_out(filter_.pass(text)); }

Status EdgeLog::finish() {
  write_out(filter_.finish());
  if (error_) return unwritable(path_, error_);
  return Done{};
}

std::string last_lines(const std::string& path, size_t count) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return "";
  size_t size = static_cast<size_t>(file.tellg());
  size_t wanted = std::min(size, kTailBytes);
  std::string text(wanted, '\0');
  file.seekg(static_cast<std::streamoff>(size - wanted));
  file.read(text.data(), static_cast<std::streamsize>(wanted));
  if (text.ends_with('\n')) text.pop_back();
  size_t at = text.size();
  for (size_t i = 0; i < count && at != std::string::npos && at > 0; ++i)
    at = text.rfind('\n', at - 1);
  return at == std::string::npos || at == 0 ? text : text.substr(at + 1);
}

}  // namespace mlpgen
