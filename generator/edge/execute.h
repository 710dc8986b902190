// Runs an edge's command in a temporary directory and makes an artifact of it.
#pragma once

#include <vector>

#include "artifact/done_file.h"
#include "file/lock_file.h"
#include "machine/machine_lock.h"
#include "step/clock.h"
#include "step/step.h"

namespace mlpgen {

// The artifact's place is clear and `inputs` are verified. Both locks are passed on to the command,
// so that they live as long as it does.
// `records`: of open_edge_records().
Status execute(const Step& step, std::vector<PathNote> inputs, MachineLock& machine,
               const LockFile& artifact, Instant started, Instant acquired, int records);

// Ninja runs an edge again and again while an input's mtime lies in the future. Then, and only
// then, the outputs in `folder` get that mtime, in their notes, too. True where they did.
Result<bool> freshen_outputs(const Step& step, const std::string& folder,
                             std::vector<PathNote>& notes);
// The same for `.done`, which Ninja sees as an output.
void freshen_done(const Step& step, const std::string& folder);

}  // namespace mlpgen
