// Folders, renames and syncs.
#include "artifact/artifact_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include "file/file.h"
#include "step/clock.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

// More files than this are synced by one syncfs(2), which also writes out what others wrote.
constexpr size_t kMostSingleSyncs = 64;

Error failed(const std::string& path, const std::string& what, int why) {
  Error e{path + " cannot be " + what + ": " + std::strerror(why), ""};
  if (why == ENOSPC)
    e.help = "free some space on that disk, then run ninja again: nothing was half-written";
  return e;
}

Status sync_one(const std::string& path, bool whole_file_system) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return failed(path, "synced", errno);
  int rc = whole_file_system ? syncfs(fd) : fsync(fd);
  int why = errno;
  close(fd);
  // Some file systems cannot sync a folder and say EINVAL; there is nothing more to do there.
  if (rc != 0 && why != EINVAL) return failed(path, "synced", why);
  return Done{};
}

bool holds_a_file(const std::string& folder) {
  std::error_code why;
  for (fs::recursive_directory_iterator at(folder, why);
       !why && at != fs::recursive_directory_iterator(); at.increment(why))
    if (at->symlink_status(why).type() != fs::file_type::directory) return true;
  return static_cast<bool>(why);  // what cannot be looked at is kept
}

// Moves `from` to `folder`/IDENTITY12.TIME, with the step's log beside it; that path.
Result<std::string> move_aside(const Step& step, const std::string& from,
                               const std::string& folder) {
  std::string place =
      folder + "/" + step.identity12() + "." + std::to_string(clock_now().realtime_ns);
  if (Status s = make_directories(folder); !s) return s.error();
  if (rename(from.c_str(), place.c_str()) != 0) return failed(from, "moved to " + place, errno);
  if (exists(log_path(step))) {
    std::error_code
        ignored;  // the log of what was moved is of use beside it, and not needed elsewhere
    fs::copy_file(log_path(step), place + ".log", ignored);
  }
  return place;
}

Status move_to_trash(const Step& step, const std::string& why) {
  Result<std::string> place = move_aside(step, step.directory, ".mlpgen/trash");
  if (!place) return place.error();
  std::fprintf(stderr, "%s: %s; what was in %s is now in %s\n", step.name.c_str(), why.c_str(),
               step.directory.c_str(), place->c_str());
  return Done{};
}

}  // namespace

std::string temporary_directory(const Step& step) {
  return step.directory + ".tmp." + std::to_string(getpid());
}

Status make_temporary(const Step& step) {
  if (Status s = make_directories(fs::path(step.directory).parent_path()); !s) return s;
  std::string path = temporary_directory(step);
  if (mkdir(path.c_str(), 0777) != 0) return failed(path, "made", errno);
  return Done{};
}

Status remove_tree(const std::string& path) {
  std::error_code why;
  fs::remove_all(path, why);
  // A fetched tree may be read-only; only then is it worth a second walk.
  if (why == std::errc::permission_denied) {
    std::error_code ignored;
    for (fs::recursive_directory_iterator at(path, ignored);
         !ignored && at != fs::recursive_directory_iterator(); at.increment(ignored))
      if (at->symlink_status().type() == fs::file_type::directory)
        fs::permissions(at->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    fs::permissions(path, fs::perms::owner_all, fs::perm_options::add, ignored);
    fs::remove_all(path, why);
  }
  if (why) return failed(path, "removed", why.value());
  return Done{};
}

Status remove_leftovers(const Step& step) {
  fs::path directory = step.directory;
  std::string begin = directory.filename().string() + ".tmp.";
  std::vector<std::string> found;
  std::error_code why;
  for (fs::directory_iterator at(directory.parent_path(), why);
       !why && at != fs::directory_iterator(); at.increment(why))
    if (at->path().filename().string().starts_with(begin)) found.push_back(at->path());
  for (const std::string& path : found)
    if (Status s = remove_tree(path); !s) return s;
  return Done{};
}

Status clear_place(const Step& step, bool finished, const std::string& why) {
  struct stat st {};
  if (lstat(step.directory.c_str(), &st) != 0) return Done{};
  bool keep = finished ? step.mode == Mode::kMeasure : holds_a_file(step.directory);
  if (keep) return move_to_trash(step, why);
  // Out of the way first: a half-removed artifact must not look like one.
  std::string aside = temporary_directory(step) + ".old";
  if (rename(step.directory.c_str(), aside.c_str()) != 0)
    return failed(step.directory, "moved away", errno);
  return remove_tree(aside);
}

Result<std::string> keep_failed(const Step& step, const std::string& temporary) {
  if (!holds_a_file(temporary)) return std::string();
  return move_aside(step, temporary, ".mlpgen/failed");
}

Status sync_tree(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code why;
  for (fs::recursive_directory_iterator at(folder, why);
       !why && at != fs::recursive_directory_iterator(); at.increment(why))
    if (at->symlink_status(why).type() != fs::file_type::symlink) paths.push_back(at->path());
  if (why) return failed(folder, "read", why.value());
  if (paths.size() > kMostSingleSyncs) return sync_one(folder, true);
  for (const std::string& path : paths)
    if (Status s = sync_one(path, false); !s) return s;
  return sync_one(folder, false);
}

Status publish(const Step& step, const std::string& temporary) {
  if (Status s = sync_one(temporary, false); !s) return s;
  if (rename(temporary.c_str(), step.directory.c_str()) != 0)
    return failed(temporary, "renamed to " + step.directory, errno);
  return sync_one(fs::path(step.directory).parent_path(), false);
}

}  // namespace mlpgen
