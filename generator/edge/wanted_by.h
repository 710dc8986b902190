// Why an edge of the plan was wanted.
#pragma once

#include <string>

#include "step/step.h"

namespace mlpgen {

// "app/measure, for tar/tar": an edge that reads from this one, and the last one that is made of
// it; "" where none reads from it, or the plan cannot be read.
std::string wanted_by(const Step& step);

}  // namespace mlpgen
