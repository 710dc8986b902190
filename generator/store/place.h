// Puts a file where it is needed without copying its bytes when the file system can avoid that.
#pragma once

#include <string>

#include "base/result.h"

namespace mlpgen {

// How the bytes got there.
enum class Placement { kReflink, kHardLink, kCopy };

// Makes `to` hold the bytes of `from`: a reflink; else a hard link when nobody may write `from` (no
// write bit is set, so that the one inode is safe to share); else a copy. `to` must not be there
// yet; its folder must be. The permissions are those of `from`. After an error nothing is left at
// `to`.
Result<Placement> place_file(const std::string& from, const std::string& to);

// As place_file, but never shares an inode: for files that their new owner will change.
Result<Placement> copy_file(const std::string& from, const std::string& to);

}  // namespace mlpgen
