// A network namespace without interfaces, and a mount namespace in which one folder is writable.
#include "package/isolation.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "file/file.h"

namespace mlpgen::tool {
namespace {

Error not_isolated(const std::string& what) {
  return named_error("not-isolated", what + ": " + std::strerror(errno),
                     "allow user namespaces, or run as root");
}

// Without it our own files would belong to nobody in the new namespace.
bool keep_user(uid_t user, gid_t group) {
  std::string u = std::to_string(user), g = std::to_string(group);
  std::ofstream("/proc/self/setgroups") << "deny";
  bool users =
      static_cast<bool>(std::ofstream("/proc/self/uid_map") << u + " " + u + " 1" << std::flush);
  bool groups =
      static_cast<bool>(std::ofstream("/proc/self/gid_map") << g + " " + g + " 1" << std::flush);
  return users && groups;
}

bool enter_namespaces() {
  uid_t user = getuid();
  gid_t group = getgid();
  if (unshare(CLONE_NEWNET | CLONE_NEWNS) == 0) return true;
  return unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) == 0 && keep_user(user, group);
}

bool set_read_only(const char* path, bool read_only, unsigned flags) {
  struct mount_attr attributes {};
  (read_only ? attributes.attr_set : attributes.attr_clr) = MOUNT_ATTR_RDONLY;
  return mount_setattr(AT_FDCWD, path, flags, &attributes, sizeof attributes) == 0;
}

}  // namespace

Status isolate(const std::string& writable) {
  const char* folder = writable.c_str();
  if (!enter_namespaces()) return not_isolated("no namespace can be made");
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      mount(folder, folder, nullptr, MS_BIND, nullptr) != 0 ||
      !set_read_only("/", true, AT_RECURSIVE) || !set_read_only(folder, false, 0))
    return not_isolated("the other folders cannot be made read-only");
  // Python's locks are files there.
  if (exists("/dev/shm")) mount(folder, "/dev/shm", nullptr, MS_BIND, nullptr);
  return Done{};
}

}  // namespace mlpgen::tool
