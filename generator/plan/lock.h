// mlpgen.lock: digest, size and version of everything that comes from outside.
//
// Keys: "package NAME==VERSION sdist", "package NAME==VERSION wheel PYTHON", "python-environment
// REQUIREMENTS PYTHON", "conda-environment PACKAGES from CHANNELS PLATFORM", "file URL" (the first
// URL of the step); of a stand-in also "commit COMMIT of URL", with the field commit.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace mlpgen {

struct LockEntry {
  std::map<std::string, std::string> fields;  // file_name, sha256, size, ...
  std::vector<std::string> lines;  // of a Python environment: requirements with their hashes
  bool stand_in =
      false;         // may contradict a recipe's digest or commit; only in a lock given by --lock
  std::string from;  // the lock file
};

// What a plan looked for in the lock and did not find, or found: `mlpgen lock` gets it.
struct LockWant {
  std::string key;   // "package onnxruntime==1.31.1 wheel cp311-x86_64"
  std::string kind;  // package | python-environment | conda-environment | file
  std::map<std::string, std::string>
      fields;  // name, version, kind, python (path); of a file: url, md5, file_name
  std::vector<std::string> requirements;  // of an environment
  bool found = false;
  Span at;  // the step that needs it
};

// How configure takes the lock (`mlpgen configure --locked`, `--frozen`).
enum class LockUse {
  kAsNeeded,  // a file whose digest nobody knows is trusted on first use
  kLocked,    // as kAsNeeded, but such a file is an error: nothing is fetched that is not known
              // before
  kFrozen,    // as it is: where a recipe names another digest, the lock's is taken
};
const char* to_word(LockUse use);  // "", "locked", "frozen"
LockUse lock_use_of(const std::string& word);

class Lock {
 public:
  // Entries of later files beat those of earlier ones. A missing file is no error. A stand-in in a
  // file named mlpgen.lock is one: only a lock given by --lock has another name. Reports
  // `damaged-lock`.
  void read(const std::string& path, Sources& sources, Sink& sink);
  // Makes the lock that is asked for keys that begin with `kind` where no file above has them; it
  // is made once, and only then.
  void otherwise(std::string kind, std::function<Lock()> read) {
    rest_kind_ = std::move(kind);
    read_rest_ = std::move(read);
  }
  const LockEntry* find(const std::string& key) const;
  const Lock* rest() const;  // that lock; null where there is none
  void add(const std::string& key, LockEntry entry) { entries_[key] = std::move(entry); }
  std::string to_text() const;             // JSON, sorted
  std::string used_text() const;           // the same, of those entries alone that find() gave
  std::vector<std::string> files() const;  // those that were read
  const std::map<std::string, LockEntry>& entries() const { return entries_; }

 private:
  std::map<std::string, LockEntry> entries_;
  std::vector<std::string> files_;
  std::string rest_kind_;
  std::function<Lock()> read_rest_;
  mutable std::set<std::string> used_;
  mutable std::shared_ptr<const Lock> rest_;
};

}  // namespace mlpgen
