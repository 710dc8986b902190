// A recipe's step with its texts expanded.
#pragma once

#include "recipe/library.h"
#include "resolve/frame/frame.h"
#include "resolve/resolution.h"

namespace mlpgen {

inline constexpr const char* kLocalCopy = "local-copy";  // the rule
inline constexpr const char* kCopyOutput = "data";       // its output

// The step's rule, in the mode that the step names where the rule has modes. Reports
// `unknown-rule`.
const StepRule* rule_of(const ResolvedStep& step, Library& library);

// The parameters of the rule local-copy: those of `own_copy`, those of the step's own `fetch` that
// the rule knows, and words.
std::vector<ResolvedParam> copy_params(const RecipeStep& step, std::vector<ResolvedParam> own,
                                       const std::vector<ResolvedParam>& fetch,
                                       const StepRule& local_copy);

// Where the step's `own_copy` names something, the result is the rule local-copy: with the
// parameters of `own_copy`, and of the step's own those that this rule knows too, so that what is
// known of the published bytes holds for the copy.
ResolvedStep resolve_step(const RecipeStep& step, Frame& frame, InstanceId self, Library& library);

}  // namespace mlpgen
