// What a step says against its rule: what `check` finds in every recipe and the plan in what is
// asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recipe/library.h"
#include "resolve/resolution.h"

namespace mlpgen {

// The parameters of a step before its keys have values.
std::vector<ResolvedParam> as_written(const std::vector<Param>& params);

// `given` is expanded or as it was written; what names make of it is not judged. Reports
// unknown-parameter (also of shards that the rule counts and the step does not have), wrong-type,
// wrong-value, secret-given, missing-parameter.
void check_params(const StepRule& rule, const RecipeStep& step,
                  const std::vector<ResolvedParam>& given, Sink& sink);
// `rule` is the step's own, also where a person's own copy takes its place. Reports unknown-output.
void check_links(const StepRule& rule, const RecipeStep& step, Sink& sink);
// The parameters of `own_copy`, also where no copy takes the step's place: what check_params
// reports.
void check_own_copy(const RecipeStep& step, Library& library, Sink& sink);
// Where the outputs of an edge are below its folder; nothing where only a request tells. Reports
// leads-outside, not-text, duplicate-output; false then.
using OutputPlaces = std::vector<std::optional<std::string>>;
bool check_outputs(const StepRule& rule, const RuleEdge& edge, const OutputPlaces& places,
                   Span step, Sink& sink);
// The steps of a recipe are made in their order: reports unknown-output, of a reference of `step`
// to itself or to a later one.
void report_later_step(const std::string& step, const std::string& other, Span at, Sink& sink);
// Reports duplicate-output: a link of two edges.
void report_same_link(const std::string& name, Span at, Span other, Sink& sink);
// The number of edges that `shards` says; reports wrong-value and gives 1 where it is none. `sink`:
// null to be quiet.
int check_shards(const std::string& shards, Span at, Sink* sink);

// "dir", the outputs of its rule, and of the rule that takes a local copy.
std::vector<std::string> outputs_of(const StepRule& rule, const RecipeStep& step);

}  // namespace mlpgen
