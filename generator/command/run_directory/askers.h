// .mlpgen/askers.json: for which recipes each edge fetches, so that the store knows who asked.
#pragma once

#include <string>

#include "plan/planner.h"
#include "resolve/resolution.h"

namespace mlpgen {

// The bytes of the file, of the edges that fetch (store/uses.h).
std::string askers_of_plan(const Resolution& resolution, const Planned& planned);

// Makes the store know the run directory that is the working directory. Failure is no error.
void register_here();

}  // namespace mlpgen
