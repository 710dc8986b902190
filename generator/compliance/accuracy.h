// TEST01 where outputs differ: the accuracies of the same samples in accuracy and performance mode.
#pragma once

#include <string>
#include <vector>

#include "round/round.h"

namespace mlpgen::submission {

// What tells the two texts apart, a sentence each; none where every metric of the model with a
// target is within 1 % (0.1 % of a model -99.9; 2 % of FID).
std::vector<std::string> accuracy_differences(const RoundModel& rules, const std::string& scenario,
                                              const std::string& baseline,
                                              const std::string& compliance);

}  // namespace mlpgen::submission
