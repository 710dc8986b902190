// Why ${NAME.PART} has no value in a recipe, and what to write instead.
#pragma once

#include <string>

#include "recipe/recipe.h"

namespace mlpgen {

struct MemberFault {
  std::string what;  // "app has no step or probe 'fil'"; "" where NAME.PART can have a value
  std::string help;
};

MemberFault env_before_steps();  // of a step's output in an env, a tag or a probe

// What to write where a key has no value.
std::string unset_help(const std::string& key);
// Of a reference with a '.': a step's output, a probe's path or version, or a fact of this machine.
// Steps of all variations count.
MemberFault member_fault(const Recipe& recipe, const std::string& reference);

}  // namespace mlpgen
