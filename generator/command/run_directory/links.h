// Artifacts to the links in the run directory that people follow.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace mlpgen {

struct Link {
  std::string name;       // in the run directory
  std::string directory;  // of the artifact: out/RECIPE/IDENTITY12
  std::string to;         // below it; "": the directory itself
};

std::vector<Link> links_of(const Plan& plan);

// Links of artifacts that exist are set right; a link to what is not there yet is removed, so that
// it never shows another request's result. What a person put in a link's place is kept
// (artifact/links.h).
void set_links(const std::vector<Link>& links);

}  // namespace mlpgen
