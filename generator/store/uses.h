// Who asked for what the store holds, and which run directories use it.
//
//   STORE/uses.jsonl        one JSON object a line, only ever appended to: {recipe, tags,
//   variations, run, from, kind,
//                           when, keys}; a line that cannot be read is passed over
//   STORE/runs/<64 hex>     the path of a run directory, under the SHA-256 of that path
//
// A use is noted before the thing is looked for, and what removes things reads the notes and
// removes under one lock. So a thing is either noted and stays, or gone before it was looked for.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen {

// One recipe, as it was asked for.
struct Asker {
  std::string recipe;
  std::vector<std::string> tags;        // of the recipe
  std::vector<std::string> variations;  // active ones, without the '_'
  friend bool operator==(const Asker&, const Asker&) = default;
  friend auto operator<=>(const Asker&, const Asker&) = default;
};

enum class ThingKind { kFile, kGit };
const char* to_word(ThingKind kind);  // "file", "git"

struct Use {
  Asker asker;
  std::string run;   // absolute path of the run directory
  std::string from;  // of a repository: its URL
  ThingKind kind = ThingKind::kFile;
  std::string when;               // UTC, "2026-11-22T02:08:00Z"
  std::vector<std::string> keys;  // SHA-256 of the objects; of a repository: of its URL
};

// All that is noted, equal uses merged; `damaged` counts the lines that were passed over.
Result<std::vector<Use>> read_uses(const std::string& root, size_t* damaged = nullptr);
// Replaces what is noted. The caller holds RemovalLock::exclusive.
Status write_uses(const std::string& root, const std::vector<Use>& uses);

// What configure notes in a run directory: the askers of each edge that fetches, by the first 12
// digits of its identity, and what it will look for as far as that is known.
inline constexpr const char* kAskersFile = ".mlpgen/askers.json";
std::string askers_text(const std::map<std::string, std::vector<Use>>& by_edge);
std::vector<Asker> askers_of(const std::string& run, const std::string& edge);
Result<std::vector<Use>> uses_of_run(const std::string& run);

// Notes uses by one edge of one run directory.
class UseNotes {
 public:
  // By MLPGEN_EDGE, which mlpgen-edge sets, and the working directory; nothing where no edge runs.
  static std::shared_ptr<UseNotes> of_this_edge(const std::string& root);

  // Each key once a process. Failure is no error: a store that may only be read notes nothing.
  void note(const std::string& key, ThingKind kind, const std::string& from);
  const std::vector<Asker>& askers() const { return askers_; }
  ~UseNotes();

 private:
  UseNotes(std::string root, std::string run, std::vector<Asker> askers);
  struct Noted;

  std::string root_, run_;
  std::vector<Asker> askers_;
  std::unique_ptr<Noted> noted_;
};

// Makes the store know a run directory, so that what its plan names is not removed. Failure is no
// error.
void register_run(const std::string& root, const std::string& run);
// The run directories that are still there: those that hold .mlpgen/plan.
Result<std::vector<std::string>> runs_of(const std::string& root);

}  // namespace mlpgen
