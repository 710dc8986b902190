// Replaces ${out} and ${late:PATH#/pointer} in a step's words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "edge/step.h"

namespace mlpgen {

// `out` stands for ${out}; a late value is the scalar at a JSON pointer (RFC 6901) in a file, read
// now.
Result<std::string> expand(std::string_view text, std::string_view out);

// What ${out} means to the command: the temporary directory as seen from where the command starts.
std::string out_word(const Step& step, const std::string& temporary);

struct Expanded {
  std::vector<std::string> argv;     // argv[0] reaches the program from where the command starts
  std::vector<std::string> env;      // "NAME=value", sorted
  std::vector<std::string> secrets;  // values that must reach no file
};
Result<Expanded> expand_step(const Step& step, const std::string& temporary);

}  // namespace mlpgen
