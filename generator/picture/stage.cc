// Kinds and categories to stages.
#include "picture/stage.h"

#include <map>
#include <optional>

namespace mlpgen {
namespace {

struct StageName {
  const char* word;
  const char* title;
};
constexpr StageName kNames[kStages] = {
    {"request", "Request"},
    {"host", "Host"},
    {"sources", "Sources and data"},
    {"build", "Build"},
    {"preprocess", "Preprocess"},
    {"measure", "Measure"},
    {"score", "Score"},
    {"submission", "Submission"},
};

// By the kind of a step; texts, refusals and scripts could stand anywhere.
std::optional<Stage> stage_of_kind(const std::string& kind) {
  static const std::map<std::string, Stage> kKinds = {
      {"fetch", Stage::kSources},         {"local", Stage::kSources},
      {"extract", Stage::kSources},       {"install", Stage::kBuild},
      {"compile", Stage::kBuild},         {"preprocess", Stage::kPreprocess},
      {"accuracy", Stage::kMeasure},      {"measure", Stage::kMeasure},
      {"score", Stage::kScore},           {"check", Stage::kSubmission},
      {"submission", Stage::kSubmission},
  };
  auto it = kKinds.find(kind);
  return it == kKinds.end() ? std::nullopt : std::optional(it->second);
}

Stage stage_of_category(const std::string& category, bool has_steps) {
  static const std::map<std::string, Stage> kCategories = {
      {"system", Stage::kHost},    {"compiler", Stage::kHost},         {"dataset", Stage::kSources},
      {"model", Stage::kSources},  {"python", Stage::kBuild},          {"framework", Stage::kBuild},
      {"library", Stage::kBuild},  {"loadgen", Stage::kBuild},         {"intel", Stage::kBuild},
      {"accuracy", Stage::kScore}, {"submission", Stage::kSubmission},
  };
  auto it = kCategories.find(category);
  if (it != kCategories.end()) return it->second;
  return has_steps ? Stage::kMeasure
                   : Stage::kRequest;  // an application: it runs something, or only chooses
}

}  // namespace

const char* to_word(Stage stage) { return kNames[static_cast<size_t>(stage)].word; }
const char* to_title(Stage stage) { return kNames[static_cast<size_t>(stage)].title; }

Stage stage_of(const Instance& instance, const std::vector<const Edge*>& edges) {
  std::optional<Stage> latest;
  bool fetches = false;
  for (const Edge* e : edges) {
    std::optional<Stage> stage = stage_of_kind(e->kind);
    fetches |= stage == Stage::kSources;
    if (stage && (!latest || *stage > *latest)) latest = stage;
  }
  const std::string& category = instance.recipe->category;
  if (fetches && (category == "dataset" || category == "model")) return Stage::kSources;
  if (latest) return *latest;
  if (instance.steps.empty() && !instance.recipe->probes.empty()) return Stage::kHost;
  return stage_of_category(category, !instance.steps.empty());
}

}  // namespace mlpgen
