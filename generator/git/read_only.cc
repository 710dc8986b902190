// File by file.
#include "git/read_only.h"

#include <filesystem>

namespace mlpgen::tool {
namespace fs = std::filesystem;

Status make_read_only(const std::string& folder) {
  constexpr fs::perms kWrite =
      fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
  std::error_code why;
  for (fs::recursive_directory_iterator it(folder, why), end; it != end && !why; it.increment(why))
    if (it->symlink_status(why).type() == fs::file_type::regular && !why)
      fs::permissions(it->path(), kWrite, fs::perm_options::remove, why);
  if (!why) return Done{};
  return named_error("not-placed", folder + " cannot be made read-only: " + why.message(),
                     "look at it with `ls -l`");
}

}  // namespace mlpgen::tool
