// Settings of each compliance test, as lines of audit.config.
#include "loadgen/audit_config.h"

#include <cstdint>

namespace mlpgen::submission {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

// Of the outputs that a performance run logs.
constexpr const char* kSamplingSeed = "720381539243781796";

// How many outputs TEST01 and TEST08 log; the models that log fewer are the ones with few or large
// outputs.
std::string logged_outputs(std::string_view model) {
  struct Few {
    std::string_view model;
    const char* outputs;
  };
  for (const Few& few :
       {Few{"retinanet", "256"}, Few{"pointpainting", "256"}, Few{"3d-unet", "64"},
        Few{"yolo", "64"}, Few{"stable-diffusion-xl", "128"}, Few{"wan-2.2-t2v-a14b", "50"}})
    if (model.starts_with(few.model)) return few.outputs;
  return "4096";
}

Settings sampled(const std::string& outputs) {
  return {{"accuracy_log_rng_seed", kSamplingSeed}, {"accuracy_log_sampling_target", outputs}};
}

// A pass of a fixed number of queries, whose length no rule bounds.
void add_pass(Settings& settings, const std::string& queries) {
  settings.insert(settings.end(), {{"min_query_count", queries},
                                   {"min_duration", "0"},
                                   {"sample_concatenate_permutation", "0"}});
}

Settings test09(std::string_view model) {
  Settings settings = sampled("10000");
  bool rag = model.starts_with("e2e-rag");
  add_pass(settings, rag ? "824" : "6396");
  if (!rag) settings.push_back({"performance_issue_unique", "1"});
  return settings;
}

std::optional<Settings> settings_of(std::string_view test, std::string_view model) {
  if (test == "TEST01" || test == "TEST08") return sampled(logged_outputs(model));
  if (test == "TEST04")
    return Settings{{"performance_issue_unique", "0"},
                    {"performance_issue_same", "1"},
                    {"performance_issue_same_index", "3"}};
  if (test == "TEST05") return Settings{};
  if (test == "TEST09") return test09(model);
  if (test != "TEST06" && test != "TEST07") return std::nullopt;
  std::string outputs = test == "TEST06" ? "100" : "990";
  Settings settings = sampled(outputs);
  add_pass(settings, outputs);
  if (test == "TEST07") settings.push_back({"performance_issue_unique", "1"});
  return settings;
}

}  // namespace

std::optional<TokenBounds> test09_bounds(std::string_view model) {
  if (model.starts_with("gpt-oss")) return TokenBounds{1150.38, 1406.02};
  if (model.starts_with("e2e-rag")) return TokenBounds{246.43, 301.19};
  return std::nullopt;
}

Result<std::string> audit_config(std::string_view test, std::string_view model) {
  std::optional<Settings> settings = settings_of(test, model);
  if (!settings)
    return Error{"there is no compliance test '" + std::string(test) + "'",
                 "the tests are TEST01, TEST04, TEST05, TEST06, TEST07, TEST08 and TEST09"};
  constexpr const char* kPerformanceOnly = "2";  // LoadGen's TestMode
  std::string text = std::string("*.*.mode = ") + kPerformanceOnly + "\n";
  for (const auto& [key, value] : *settings) text += "*.*." + key + " = " + value + "\n";
  return text;
}

}  // namespace mlpgen::submission
