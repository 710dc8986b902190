// What nobody needs any more leaves the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/inventory.h"

namespace mlpgen {

struct CollectRequest {
  std::optional<double> older_than_days;  // only what was last used, or came, longer ago
  bool unknown = false;                   // also things for which no asker is noted
  bool dry_run = false;
};

struct Collected {
  std::vector<Thing> removed;           // or, in a dry run, what would be
  size_t used = 0;                      // things that run directories use, which stay
  size_t unknown = 0;                   // things that stay because nobody noted who asked for them
  size_t young = 0;                     // things that stay because of older_than_days
  std::vector<std::string> left_overs;  // stopped transfers and the trash: names below the root
  uint64_t left_over_bytes = 0;
};

// Things that no run directory which is still there uses, stopped transfers older than a day, and
// the trash. What an edge begins to use meanwhile stays (uses.h). Errors: store-not-writable.
Result<Collected> collect(const Store& store, const CollectRequest& request);

// Takes things out, once no edge is about to place something of this store. Errors:
// store-not-writable.
Status remove_things(const Store& store, const std::vector<Thing>& things);

// Makes the notes of uses again, without the lines that cannot be read, from the good ones and from
// what the run directories say.
Status rebuild_notes(const std::string& root);

}  // namespace mlpgen
