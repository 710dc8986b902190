// Where in the course of a benchmark an instance stands: the columns of the pictures.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"
#include "resolve/resolution.h"

namespace mlpgen {

// In the order in which they are input.
enum class Stage { kRequest, kHost, kSources, kBuild, kPreprocess, kMeasure, kScore, kSubmission };
inline constexpr size_t kStages = 8;

const char* to_word(Stage stage);   // "sources": in JSON, and as the name of a cluster
const char* to_title(Stage stage);  // "Sources and data"

// By the kinds of its edges: the latest stage among them, since the earlier ones only lead there.
// Kinds that could stand anywhere (a text, a refusal) say nothing. A data set or a model that is
// fetched stands with the sources, whatever is done to it there. Without a kind that says it: by
// what it looks for on the machine, then by the category of its recipe.
Stage stage_of(const Instance& instance, const std::vector<const Edge*>& edges);

}  // namespace mlpgen
