// A round of MLPerf Inference (v2.1 ... v6.1) as data: recipes/rounds/vX.Y.yaml -> Round.
//
// Every value keeps the place where it is written, so that `mlpgen explain` can name file and line
// of a seed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "round/rules.h"

namespace mlpgen {

// A value and where it is written.
template <class T>
struct Placed {
  T value{};
  Span span;  // unknown where the value is a default
};

enum class Layout {
  kSplit,  // rounds up to v5.1: measurements/ beside results/, code/
  kFlat,   // v6.0 and later: one folder a scenario, src/
};

enum class CheckerKind {
  kModular,     // tools/submission/submission_checker/main.py, rounds v5.0 to v6.1
  kSingleFile,  // the one file of the round's tag
};

struct Checker {
  CheckerKind kind = CheckerKind::kModular;
  Placed<std::string> commit;  // of mlcommons/inference
  Placed<std::string> file;    // inside that checkout
  Placed<std::string>
      sha256;  // modular: over its .py files, as official_checker.h says; "" = not known
};

struct Seeds {
  Placed<uint64_t> qsl;           // qsl_rng_seed
  Placed<uint64_t> sample_index;  // sample_index_rng_seed
  Placed<uint64_t> schedule;      // schedule_rng_seed
};

// Where the rules' text, LoadGen's mlperf.conf and the checker say different things of one value;
// "" where one of them says nothing. The checker's is the value that counts here.
struct Disagreement {
  std::string model, value, rules, mlperf_conf, checker;
};

struct Metric {
  std::string name;      // the checker's word: mAP, acc, ROUGE1, ... (submission.md §2.4)
  std::string scenario;  // "" = of every scenario that has no entry of its own
  std::optional<Placed<double>> at_least;
  std::optional<Placed<double>> at_most;
  Span span;
};

struct Scenarios {
  std::vector<std::string> required;
  std::vector<std::string> one_of;  // at least one of these as well; empty: nothing more
  Span span;
};

struct TokenLimit {
  int64_t ttft_ns = 0;  // time to first token, 99th percentile
  int64_t tpot_ns = 0;  // time per output token, 99th percentile
};

struct RoundModel {
  std::string name;
  Span span;
  std::map<std::string, Scenarios> scenarios;  // by category: datacenter, edge, datacenter-edge
  std::vector<Metric> accuracy;
  Placed<int64_t> performance_samples;                 // performance sample count, at least
  std::optional<Placed<int64_t>> dataset_size;         // absent: the checker does not look at it
  std::optional<Placed<int64_t>> accuracy_samples;     // where it differs from dataset_size
  std::map<std::string, int64_t> accuracy_samples_of;  // by scenario
  std::map<std::string, Placed<int64_t>> latency_limit_ns;  // by scenario
  bool token_latencies = false;                   // LoadGen's use_token_latencies must be on
  std::map<std::string, TokenLimit> token_limit;  // by scenario
  std::optional<Placed<int64_t>> offline_min_samples;
  std::map<std::string, std::string> result_fields;  // by scenario; beats the round's
  std::map<std::string, std::string> units;          // by scenario
  std::vector<std::string> compliance;               // TEST01, ... in the closed division
  bool one_pass = false;                             // the minimum duration does not apply
  std::map<std::string, std::vector<std::string>>
      accuracy_files;  // folder of accuracy/ -> file stems

  // The metrics of a scenario: its own entries, or those without a scenario.
  std::vector<const Metric*> metrics(std::string_view scenario) const;
  // How many samples an accuracy run must cover; nothing when the checker does not look.
  std::optional<int64_t> samples_to_cover(std::string_view scenario) const;
};

struct Round {
  Placed<std::string> name;  // "v5.1"
  Seeds seeds;
  std::optional<Seeds> test05_seeds;  // of a run for TEST05; rounds that have the test
  Layout layout = Layout::kSplit;
  Checker checker;
  std::vector<Strictness> rules = std::vector<Strictness>(kRuleWords.size(), Strictness::kError);
  Placed<int64_t> min_duration_ms;
  std::vector<std::string> measurement_files;  // beside the measurements' JSON
  int64_t system_keys = 35;                    // how many keys systems/*.json must have: 33 or 35
  std::map<std::string, std::string> result_fields;  // scenario -> key of the detail log
  std::map<std::string, std::string> aliases;        // folder name -> model
  std::vector<RoundModel> models;                    // in the order of the file
  std::vector<Disagreement> disagreements;           // for the rounds' page

  const RoundModel* find(std::string_view model) const;  // exact name
  // The model that a folder name stands for: itself, an alias, an entry of `mapping`
  // (model_mapping.json), or a name that contains a known one (mobilenet, efficientnet, resnet50,
  // bert-99.9, bert-99, llama3_1-405b).
  std::string model_of(const std::string& folder,
                       const std::map<std::string, std::string>& mapping = {}) const;
  Strictness strictness(Rule rule) const { return rules[static_cast<size_t>(rule)]; }
};

// Reads a round file. Reports not-yaml, unknown-key, duplicate-key, missing-key, wrong-type,
// wrong-value, newer-format at their places; nothing is returned after an error. A key of a map by
// scenario is one of the five scenarios, because nothing looks another one up.
std::optional<Round> load_round(const Sources& sources, SourceId source, Sink& sink);
std::optional<Round> load_round_file(Sources& sources, const std::string& path, Sink& sink);
// All *.yaml of a folder, oldest round first. Two files of one round are a `duplicate-round`.
std::vector<Round> load_rounds(Sources& sources, const std::string& folder, Sink& sink);

bool round_before(std::string_view a, std::string_view b);  // v3.1 before v4.0, v9.0 before v10.0
const Round* find_round(const std::vector<Round>& rounds, std::string_view name);

// The category whose rules hold for a system: `datacenter,edge` is datacenter-edge, and the network
// division is of datacenters.
std::string category_of(const std::string& system_type);

struct RoundRequest {
  std::string division, system_type, model, scenario;
};
// "" when a submission to the round may have this scenario of this model, or the sentence that says
// why not. The closed and network divisions have the scenarios of the category. The checkers take
// each scenario in the open division; Interactive where the round has it for the model.
std::string check_request(const Round& round, const RoundRequest& request);

}  // namespace mlpgen
