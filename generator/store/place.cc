// A file into another folder: reflink, hard link or copy.
#include "store/place.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "file/descriptor.h"

namespace mlpgen {
namespace {

Error failed(const std::string& path, const char* what, int why) {
  if (why == ENOSPC || why == EDQUOT)
    return named_error("disk-full", path + " cannot be " + what + ": " + std::strerror(why),
                       "free some space on that disk, then run the same command again");
  return named_error("not-placed", path + " cannot be " + what + ": " + std::strerror(why),
                     "look at the folder with `ls -ld`");
}

bool copy_bytes(int in, int out) {
  std::vector<char> buffer(1 << 20);
  for (;;) {
    ssize_t n = read(in, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n == 0;
    for (ssize_t done = 0; done < n;) {
      ssize_t w = write(out, buffer.data() + done, static_cast<size_t>(n - done));
      if (w < 0 && errno == EINTR) continue;
      if (w < 0) return false;
      done += w;
    }
  }
}

// `to` is there again when an attempt to link removed it.
bool reopened(const std::string& to, Descriptor& out) {
  if (access(to.c_str(), F_OK) == 0) return true;
  close(out.fd);
  out.fd = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  return out.fd >= 0;
}

// A hard link, when nobody may write `from`; false when it cannot be made.
bool linked(const std::string& from, const struct stat& st, const std::string& to) {
  return (st.st_mode & 0222) == 0 && unlink(to.c_str()) == 0 && link(from.c_str(), to.c_str()) == 0;
}

Result<Placement> place(const std::string& from, const std::string& to, bool may_link) {
  Descriptor in(open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat st {};
  if (in.fd < 0 || fstat(in.fd, &st) != 0) return failed(from, "read", errno);
  if (!S_ISREG(st.st_mode))
    return named_error("not-placed", from + " is not a plain file", "name a file");
  Descriptor out(open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (out.fd < 0) return failed(to, "written", errno);
  Placement how = Placement::kReflink;
  bool written = ioctl(out.fd, FICLONE, in.fd) == 0;
  if (!written && may_link && linked(from, st, to)) return Placement::kHardLink;
  if (!written) {
    how = Placement::kCopy;
    written = reopened(to, out) && copy_bytes(in.fd, out.fd);
  }
  if (written && fchmod(out.fd, st.st_mode & 0777) == 0 && fsync(out.fd) == 0) return how;
  int why = errno;
  unlink(to.c_str());
  return failed(to, "written", why);
}

}  // namespace

Result<Placement> place_file(const std::string& from, const std::string& to) {
  return place(from, to, true);
}

Result<Placement> copy_file(const std::string& from, const std::string& to) {
  return place(from, to, false);
}

}  // namespace mlpgen
