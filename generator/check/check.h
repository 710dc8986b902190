// All recipes, rules and presets of a Library, looked at whether a request reaches them or not, to
// diagnostics.
#pragma once

#include "recipe/library.h"

namespace mlpgen {

struct CheckCounts {
  size_t recipes = 0, rules = 0, presets = 0;
  size_t variations = 0, deps = 0;
  // What is reported only when it is asked for: it is no mistake, and a reader of a recipe may want
  // to know it.
  size_t unread = 0;     // keys that a flag, a default or a variation sets and that nothing reads
  size_t no_digest = 0;  // downloads whose recipe has no digest
  size_t unused_rules =
      0;  // rules that no recipe names: they may be there for recipes of one's own
};

// Reports unreachable-variation, impossible-condition, unknown-tag, no-recipe, ambiguous-tags,
// unknown-variation, group-conflict, undeclared-key, unknown-rule, unused-key, missing-about,
// unknown-flag, wrong-value, unknown-handle, empty-target, and what steps give their rules
// (resolve/frame/check_step.h); with `strict` also each unread key (unused-key), missing-digest and
// unused-rule.
CheckCounts check_library(Library& library, bool strict, Sink& sink);

}  // namespace mlpgen
