// What a step says against its rule: what `check` finds in every recipe and the plan in what is
// asked for.
#pragma once

#include "recipe/rule.h"
#include "resolve/resolution.h"

namespace mlpgen {

// The parameters of a step before its keys have values.
std::vector<ResolvedParam> as_written(const std::vector<Param>& params);

// `given` is expanded or as it was written; what names make of it is not judged. Reports
// unknown-parameter, wrong-type, wrong-value, secret-given, missing-parameter.
void check_params(const StepRule& rule, const RecipeStep& step,
                  const std::vector<ResolvedParam>& given, Sink& sink);
// `rule` is the step's own, also where a person's own copy takes its place. Reports unknown-output.
void check_links(const StepRule& rule, const RecipeStep& step, Sink& sink);
// The number of edges that `shards` says; reports wrong-value and gives 1 where it is none. `sink`:
// null to be quiet.
int check_shards(const std::string& shards, Span at, Sink* sink);

// "dir", the outputs of its rule, and of the rule that takes a local copy.
std::vector<std::string> outputs_of(const StepRule& rule, const RecipeStep& step);

}  // namespace mlpgen
