// .mlpgen/request.json: what a run directory was configured with.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/lock.h"

namespace mlpgen {

struct SavedRequest {
  std::vector<std::string> words;
  std::string directory;                  // where they were typed
  std::string path;                       // PATH
  std::vector<std::string> trusted;       // --trust folders
  std::string lock;                       // --lock FILE, or ""
  std::string presets;                    // file of the user's own presets, or ""
  std::vector<std::string> mirrors;       // --mirror PREFIX=URL
  bool offline = false;                   // --offline
  std::string vendor;                     // --vendor DIR, absolute, or ""
  LockUse lock_use = LockUse::kAsNeeded;  // --locked, --frozen
  // The owner of what was read, where that is another user: the file names programs (PATH) and
  // recipes (--trust) that every question runs, so it counts only from the user who asks. Under
  // sudo, whoever called it is no other one.
  std::optional<uid_t> foreign_owner;
};

// Of the run directory that is the working directory; nothing where it was not configured. An error
// where the file cannot be read or was damaged.
Result<std::optional<SavedRequest>> read_saved_request();
Status write_saved_request(const SavedRequest& request);

}  // namespace mlpgen
