// Who holds a flock, as the kernel tells it in /proc.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace mlpgen {

// The file that is locked: st_dev and st_ino of stat(2).
struct LockedFile {
  dev_t device = 0;
  ino_t inode = 0;
};

LockedFile locked_file(const std::string& path);  // zeros where there is none
LockedFile locked_file(int descriptor);

// The processes that took a flock on it, from /proc/locks; some may have died since and have left
// it to a child. Processes of another PID namespace are not seen.
std::vector<pid_t> lock_takers(const LockedFile& file);

bool is_alive(pid_t process);

// Calls `visit` with the folder in /proc and the number of every process but this one.
void each_process(const std::function<void(const std::filesystem::path&, pid_t)>& visit);

// Marks a file that is locked as the one at `path`, for every user: a second lock, which excludes
// nobody, on bytes whose numbers say folder, name and inode; /proc/locks shows it as long as the
// file is open here or in a process that inherited it. Without one, the file is no longer marked.
void mark_lock(int descriptor, const std::string& path, bool marked = true);
// A file with the mark of `path` that does not stand there any more; zeros where there is none.
LockedFile removed_lock(const std::string& path);

// The name of a runner in /proc/PID/comm, whatever its program's file is called.
inline constexpr const char* kRunnerName = "mlpgen-edge";

// A runner and its guard that were killed together leave processes which hold their locks and which
// nothing waits for. Where all that took the lock are dead, and no runner or guard has it, kills
// whatever has inherited it. Another user's processes are not seen, except by root.
void end_orphans(const LockedFile& file);

}  // namespace mlpgen
