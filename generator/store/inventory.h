// All that the store holds, each thing with those who asked for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.h"

namespace mlpgen {

// A file, or the copy of a repository.
struct Thing {
  ThingKind kind = ThingKind::kFile;
  std::string key;                // SHA-256 of the bytes; of a repository: of its URL
  std::string name;               // file name; of a repository: the last part of its URL
  std::string from;               // URL or "NAME==VERSION"
  std::string when;               // UTC, since when it is there
  std::string used;               // UTC, its newest use that was noted; "" for none
  std::string path;               // absolute
  uint64_t size = 0;              // bytes
  std::vector<Asker> askers;      // sorted, each once
  std::vector<std::string> runs;  // run directories that use it and are still there, sorted
};

struct Inventory {
  std::vector<Thing> things;  // by name, then key
  size_t damaged_notes = 0;   // lines of uses.jsonl that could not be read
};

// Askers come from the notes of uses, from the objects' own notes and from the run directories that
// the store knows, so what one of them lost the others bring back.
// Errors: unreadable-file, since what was not seen would count as unused.
Result<Inventory> take_inventory(const Store& store);

// Words as tags select recipes: an asker has all tags (its recipe's id counts as one) and
// variations and none of the excluded ones.
struct AskerWords {
  std::vector<std::string> tags, not_tags, variations, not_variations;
};
bool asked_by(const Thing& thing, const AskerWords& words);

// Bytes and number of the files below a folder; links are not followed.
struct Room {
  uint64_t bytes = 0;
  size_t files = 0;
};
Room room_of(const std::string& folder);

}  // namespace mlpgen
