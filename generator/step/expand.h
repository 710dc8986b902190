// Replaces ${out} and ${late:PATH#/pointer} in a step's words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "step/step.h"

namespace mlpgen {

// `out` stands for ${out}; a late value is the scalar at a JSON pointer (RFC 6901) in a file, read
// now.
Result<std::string> expand(std::string_view text, std::string_view out);

struct Expanded {
  std::vector<std::string> argv;
  std::vector<std::string> env;      // "NAME=value", sorted
  std::vector<std::string> secrets;  // values that must reach no file
};
Result<Expanded> expand_step(const Step& step, const std::string& out);

}  // namespace mlpgen
