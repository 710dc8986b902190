// What a command printed -> the likely cause of its failure, and what to do about it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mlpgen {

struct LikelyCause {
  std::string what;  // a sentence without a full stop
  std::string help;  // what to do, and what to type then
};

// From a table of words that programs print; nothing where none of them is there. `tail`: the last
// lines of the log; the last of them counts most. `killed`: a SIGKILL ended the command, which is
// what the kernel does when memory runs out. `folder` lies on the disk that it wrote to.
std::optional<LikelyCause> likely_cause(std::string_view tail, bool killed,
                                        const std::string& folder);

}  // namespace mlpgen
