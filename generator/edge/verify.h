// The last edge of a target: what was made for it is still as it was made.
#pragma once

#include <string>

namespace mlpgen {

// Artifacts with more files than this are not watched by Ninja: a data set's would cost each
// `ninja` their look-up.
inline constexpr size_t kMostWatched = 1000;

// In the run directory. STAMP.list names a `.done` a line: of the target's edges. Brings each edge
// below them up to date that is not, in the order in which they need each other, so that what was
// changed by hand is made again with all that was made of it. Then writes STAMP.d, a depfile with
// each file that they made, and STAMP. Returns the exit code.
int verify_target(const std::string& stamp);

}  // namespace mlpgen
