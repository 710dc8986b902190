// Digests of files and folders, hashing only what is not known already.
//
// A tree digest is the SHA-256 over the folder's entries sorted by relative name: for a file its
// name, whether its owner may execute it and the SHA-256 of its bytes; for a link its name and
// text; for a folder its name. Left out: `__pycache__` (Python's own cache, written whenever a
// module is imported),
// `.git/index` (git's, written by questions such as `git describe`) and, at the top, names that
// begin with `.done` (what the runner notes).
#pragma once

#include <optional>
#include <span>
#include <string>

#include "artifact/done_file.h"

namespace mlpgen {

enum class Hashing {
  kAllowed,
  kNever,  // give up where a file would have to be hashed
};

// The note of what stands at `path` now, named `name`. A file whose size, mtime and inode are those
// in one of `known` keeps its digest. Nothing where a file would have to be hashed and may not.
Result<std::optional<PathNote>> note_of(const std::string& path, const std::string& name,
                                        std::span<const PathNote* const> known, Hashing hashing);

// The tree digest of a folder of which nothing is known.
Result<std::string> tree_digest(const std::string& folder);

}  // namespace mlpgen
