// Two locks compared: what came, what went, and what an entry says now that it did not say before.
#pragma once

#include <string>
#include <vector>

#include "plan/lock.h"

namespace mlpgen {

struct LockFieldChange {
  std::string name;    // version, url, sha256, size, file_name; of a Python environment: a package
  std::string before;  // "" where it came
  std::string after;   // "" where it went
};

struct LockChange {
  enum class Kind { kAdded, kRemoved, kChanged };
  Kind kind = Kind::kChanged;
  std::string entry;  // its key; of a package whose version changed: the key without the version
  std::vector<LockFieldChange> fields;  // of an added or removed entry: all that it says
};
const char* to_word(LockChange::Kind kind);  // "added", "removed", "changed"

// Sorted by entry. A package in another version, and a file with equal bytes at another URL, are
// changes of one entry, not one that went and one that came.
std::vector<LockChange> diff_locks(const Lock& before, const Lock& after);

}  // namespace mlpgen
