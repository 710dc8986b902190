// How far a command is, for those who watch: the runner names the file to which it may be said.
#pragma once

#include <cstdint>

namespace mlpgen {

// Names a file to which a command of an edge may append JSON lines, once a second at most:
// {"event":"progress","done":N,"total":N or null,"unit":"bytes","monotonic_ns":N}.
inline constexpr const char* kProgressVariable = "MLPGEN_PROGRESS";

// Appends one such line; does nothing where the variable is not set. `total` 0: not known. That it
// cannot be written is no error.
void note_progress(uint64_t done, uint64_t total, const char* unit);

}  // namespace mlpgen
