// What making a set of edges takes: bytes to fetch, copies to bring, room on the disk, time that
// the rules impose.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/work.h"

namespace mlpgen {

// One step with all its edges in the set: shards and edges of one rule belong together.
struct StepWork {
  StepUse use;
  const StepRule* rule = nullptr;
  std::string name;  // RECIPE/STEP
  std::vector<size_t> edges;
  size_t missing = 0;  // edges that are not done
};
std::vector<StepWork> steps_of(const Work& work, const EdgeBits& edges, Library& library);

// Something that comes from outside when its step runs.
struct Fetch {
  std::string step;
  std::string what;  // a file's name, NAME==VERSION, "inference at 6776245e99dc", "5 Python
                     // packages", "40 conda packages"
  std::vector<std::string>
      urls;  // as they are asked, after --mirror; of packages none: their client knows where
  std::string host;               // of the first URL, or "package index"
  std::optional<uint64_t> bytes;  // from the recipe or the lock
  std::string sha256;             // that decides what is accepted, or ""
  std::string md5, asked_url;     // as the recipe says: under these a first use is noted
  bool many = false;              // a list or folder of files: the digest is that of their manifest
  std::string checked;            // "sha256", "hashes", "commit", "md5" or "first use"
  bool done = false;              // the step has run
  bool stored = false;            // its bytes are in the store
  std::string trusted_since;      // an earlier first use noted its digest; UTC, or ""
};
// `mirrors`: PREFIX=URL, the first that fits is taken.
std::vector<Fetch> fetches_of(const std::vector<StepWork>& steps, const Lock& lock,
                              const std::vector<std::string>& mirrors);

// A copy that a person must have: the step links to it.
struct LocalCopy {
  std::string step, what, how;
  std::string path;               // "": it was not named, so that the step fails
  std::optional<uint64_t> bytes;  // about, as its publisher says
};
std::vector<LocalCopy> copies_of(const std::vector<StepWork>& steps);

// A step that always fails.
struct FailingStep {
  std::string step, reason, help;
};
std::vector<FailingStep> refusals_of(const std::vector<StepWork>& steps);

// What steps that are not done write beside what they fetch.
struct Made {
  uint64_t bytes = 0;                 // of the steps that declare it
  std::vector<std::string> declared;  // these steps
  std::vector<std::string>
      unknown;  // steps that unpack, install or preprocess and do not say how much
};
Made made_by(const std::vector<StepWork>& steps);

// A measurement and how long it must run.
struct MeasuredRun {
  std::string edge;
  uint64_t least_ms = 0;  // 0: nothing imposes a duration
  std::optional<uint64_t>
      valid_least_ms;  // what the round asks of a valid result; nothing where no round is known
  std::string why;     // a sentence
  bool done = false;
};
std::vector<MeasuredRun> runs_of(const Work& work, const EdgeBits& edges);

// "123", or a product "500 x 602112"; nothing where it is empty or no such number.
std::optional<uint64_t> bytes_of(const std::string& text);
std::string host_of(const std::string& url);  // "zenodo.org" of https://zenodo.org/...

}  // namespace mlpgen
