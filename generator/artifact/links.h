// Links in the run directory that lead people to artifacts: relative, set when an artifact is done.
// Only a link into an artifact (out/RECIPE/IDENTITY12) is one of ours and may be changed or
// removed. Whatever else stands in a link's place, another link too, is a person's and is kept.
#pragma once

#include <string>

#include "base/result.h"
#include "step/step.h"

namespace mlpgen {

enum class LinkPlace {
  kFree,   // nothing stands there
  kRight,  // the link itself
  kOther,  // one of ours, to another artifact
  kTaken,  // something of a person, or a folder above it is a link or a file
};

// What stands where `link` to an artifact in `directory` belongs.
LinkPlace look_at_link(const StepLink& link, const std::string& directory);

// Makes it, in place of one of ours. The caller has looked: the place is not taken.
Status set_link(const StepLink& link, const std::string& directory);

// An error that names the first taken place. To be asked before the work, not only after it.
Status check_links(const Step& step);

// Sets each link of the step; one that is right is left alone, and a taken place is an error.
Status repair_links(const Step& step);

}  // namespace mlpgen
