// One recipe after the other, then what they share.
#include "check/check.h"

#include "check/parts.h"
#include "check/pieces.h"

namespace mlpgen {

CheckCounts check_library(Library& library, bool strict, Sink& sink) {
  CheckCounts counts;
  std::vector<std::string> ids = library.ids();
  counts.recipes = ids.size();
  counts.rules = library.rule_names().size();
  counts.presets = library.presets().size();
  for (const std::string& id : ids) {
    const Recipe* r = library.recipe(id);
    if (!r) continue;
    counts.variations += r->variations.size();
    counts.deps += all_deps(*r).size();
    check_variations(*r, sink);
    check_conditions(*r, library, sink);
    check_deps(*r, library, sink);
    check_steps(*r, library, sink);
    check_references(*r, library, sink);
    check_about(*r, sink);
    counts.unread += check_keys(*r, library, strict, sink);
    counts.no_digest += check_digests(*r, library, strict, sink);
  }
  counts.unused_rules = check_rules(library, strict, sink);
  check_targets(library, sink);
  check_presets(library, sink);
  if (sink.ok()) check_alone(library, sink);
  return counts;
}

}  // namespace mlpgen
