// What a rule says of itself: every name in its texts is one that the plan has a value for.
#pragma once

#include "base/diagnostic.h"
#include "recipe/rule.h"

namespace mlpgen {

// Reports unknown-parameter, name-taken, wrong-value and duplicate-step.
void check_rule(const StepRule& rule, Sink& sink);

// What a text of a parameter is not: of an int digits, of one with choices a choice. Nothing where
// it is good, empty, or not known yet.
struct ParamFault {
  std::string what, help;
};
std::optional<ParamFault> fault_of(const RuleParam& param, const StepRule& rule,
                                   const Template& text);

}  // namespace mlpgen
