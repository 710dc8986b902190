// Folder by folder; each file gets the one time.
#include "build/source_copy.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>

#include "file/file.h"
#include "store/place.h"

namespace mlpgen::tool {
namespace {

Status copy_entry(const std::filesystem::directory_entry& entry, const std::string& to) {
  std::error_code why;
  if (entry.is_symlink()) {
    std::filesystem::copy_symlink(entry.path(), to, why);
    if (why) return named_error("not-placed", to + " cannot be made: " + why.message(), "");
  } else if (entry.is_directory()) {
    return make_directories(to);
  } else if (entry.is_regular_file()) {
    if (Result<Placement> placed = copy_file(entry.path().string(), to); !placed)
      return placed.error();
    std::filesystem::permissions(to, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add, why);
  }
  struct timespec times[2] = {{kSourceTime, 0}, {kSourceTime, 0}};
  utimensat(AT_FDCWD, to.c_str(), times, AT_SYMLINK_NOFOLLOW);
  return Done{};
}

}  // namespace

Status copy_source(const std::string& from, const std::string& to) {
  if (Status s = make_directories(to); !s) return s;
  std::error_code why;
  for (std::filesystem::recursive_directory_iterator it(from, why), end; it != end && !why;
       it.increment(why))
    if (Status s = copy_entry(*it, to + "/" + it->path().lexically_relative(from).string()); !s)
      return s;
  if (!why) return Done{};
  return named_error("not-placed", from + " cannot be read: " + why.message(),
                     "look at it with `ls -l`");
}

}  // namespace mlpgen::tool
