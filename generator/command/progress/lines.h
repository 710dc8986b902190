// A snapshot as the lines of a screen.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "command/progress/running.h"

namespace mlpgen {

// One line for each running edge, those that wait last, then one for all; none is wider than
// `columns`, and there are at most `rows`.
std::vector<std::string> progress_lines(const Snapshot& now, const std::string& total,
                                        size_t columns, size_t rows, Colour colour);

// "412 of 640 samples, 59.8/s, 4 s left"; "12.3 MB of 41.4 MB, 5.1 MB/s"; "2:03, usually 45 s".
std::string progress_text(const RunningEdge& edge);

std::string short_time(double seconds);  // "12 s", "2:03", "1:02:03"

}  // namespace mlpgen
