// Compares an artifact and its inputs with what `.done` says, and verifies inputs before they are
// used.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "artifact/done_file.h"
#include "artifact/tree_digest.h"
#include "step/step.h"

namespace mlpgen {

// The names of the outputs as `.done` lists them: those of the step, and of a measurement its
// measurement.json.
std::vector<std::string> noted_outputs(const Step& step);

enum class Verdict {
  kSame,       // every stamp holds
  kSameBytes,  // a stamp does not hold, but the digests do: `now` has the new stamps
  kUnsure,     // a file would have to be hashed
  kOther,      // `why` says what is missing or has changed
};

struct Check {
  Verdict verdict = Verdict::kOther;
  DoneFile now;     // of kSame and kSameBytes
  std::string why;  // of kOther: "out/x/y has changed"
};

// Compares what is on disk with `done`.
Check check_artifact(const Step& step, const DoneFile& done, Hashing hashing);

// Looks at each input before the command may use it: it must be there, with the bytes that its
// maker noted, and a fetched file with those that were asked for. Hashes what neither `done` (may
// be null) nor the maker's .done vouches for.
Result<std::vector<PathNote>> verify_inputs(const Step& step, const DoneFile* done);

// What an artifact holds may be read only: an error where the command changed an input that another
// edge made, which would show only when the next edge uses it.
Status inputs_unchanged(const std::vector<PathNote>& inputs);

// The notes of the outputs in `folder`, each hashed; an output that was not written is an error.
Result<std::vector<PathNote>> note_outputs(const Step& step, const std::string& folder);

}  // namespace mlpgen
