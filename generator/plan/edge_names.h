// Names of edges that several calls of one recipe made: by what the calls differ in.
#pragma once

#include "plan/planner.h"

namespace mlpgen {

// Edges of one name get the label of the call that they belong to, "score.retinanet-Offline", or
// what the labels of several calls have in common; what is still equal then gets a number,
// "fetch:2".
void name_apart(const Resolution& resolution, Planned& planned);

}  // namespace mlpgen
