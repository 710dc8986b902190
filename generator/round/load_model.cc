// One entry of a round file's `models:` -> RoundModel.
#include "round/load_model.h"

#include <algorithm>
#include <array>

#include "text/closest.h"

namespace mlpgen::round_file {
namespace {

std::optional<Placed<int64_t>> placed_count(const PlacedText& text, const Node* node) {
  if (!node) return std::nullopt;
  std::optional<uint64_t> value = read_count(text, *node);
  if (!value) return std::nullopt;
  return Placed<int64_t>{static_cast<int64_t>(*value), text.span(*node)};
}

// A key or word that is looked up by its very name must be one of the names that are asked for:
// nothing would ever read another one.
void check_name(const PlacedText& text, const char* id, Span at, const std::string& name,
                const std::string& what, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  std::string all;
  for (const std::string& k : known) all += (all.empty() ? "" : ", ") + k;
  text.sink
      .error(id, at,
             "there is no " + what + " '" + name + "', so nothing reads this." +
                 did_you_mean(name, known))
      .with_help("write one of " + all);
}

void check_scenario(const PlacedText& text, const char* id, Span at, const std::string& name) {
  static const std::vector<std::string> kScenarios = {"Offline", "Server", "SingleStream",
                                                      "MultiStream", "Interactive"};
  check_name(text, id, at, name, "scenario", kScenarios);
}

void check_test(const PlacedText& text, Span at, const std::string& name) {
  static const std::vector<std::string> kTests = {"TEST01", "TEST04", "TEST05", "TEST06",
                                                  "TEST07", "TEST08", "TEST09"};
  check_name(text, "wrong-type", at, name, "compliance test", kTests);
}

std::map<std::string, Placed<int64_t>> read_counts(const PlacedText& text, const Node& node,
                                                   const std::string& name) {
  std::map<std::string, Placed<int64_t>> out;
  Fields fields(text, node, name);
  for (const Fields::Entry& e : fields.entries())
    if (auto value = placed_count(text, e.value)) {
      check_scenario(text, "unknown-key", e.span, e.key);
      out[e.key] = *value;
    }
  return out;
}

void load_scenarios(const PlacedText& text, const Node& node, RoundModel& model) {
  Fields categories(text, node, "scenarios");
  for (const char* category : {"datacenter", "edge", "datacenter-edge"}) {
    const Node* value = categories.take(category);
    if (!value) continue;
    Scenarios scenarios;
    scenarios.span = text.span(*value);
    Fields fields(text, *value, std::string("category ") + category);
    if (auto list = fields.need("required"))
      if (auto words = read_list(text, *list)) scenarios.required = *words;
    if (auto list = fields.take("one_of"))
      if (auto words = read_list(text, *list)) scenarios.one_of = *words;
    fields.finish();
    for (const auto* list : {&scenarios.required, &scenarios.one_of})
      for (const std::string& scenario : *list)
        check_scenario(text, "wrong-type", scenarios.span, scenario);
    model.scenarios[category] = scenarios;
  }
  categories.finish();
}

std::optional<Placed<double>> placed_number(const PlacedText& text, const Node* node) {
  if (!node) return std::nullopt;
  std::optional<double> value = read_number(text, *node);
  if (!value) return std::nullopt;
  return Placed<double>{*value, text.span(*node)};
}

void load_accuracy(const PlacedText& text, const Node& node, RoundModel& model) {
  if (!node.is_list()) {
    text.sink.error("wrong-type", text.span(node), "accuracy must be a list of metrics")
        .with_help("write `- {metric: mAP, at_least: 37.1745}` below it");
    return;
  }
  for (const Node& item : node.items) {
    Fields fields(text, item, "a metric");
    Metric metric;
    metric.span = text.span(item);
    if (auto name = fields.need("metric"))
      if (auto word = read_text(text, *name)) metric.name = *word;
    if (auto scenario = fields.take("scenario"))
      if (auto word = read_text(text, *scenario)) {
        check_scenario(text, "wrong-type", text.span(*scenario), *word);
        metric.scenario = *word;
      }
    metric.at_least = placed_number(text, fields.take("at_least"));
    metric.at_most = placed_number(text, fields.take("at_most"));
    fields.finish();
    model.accuracy.push_back(std::move(metric));
  }
}

void load_token_limits(const PlacedText& text, const Node& node, RoundModel& model) {
  Fields scenarios(text, node, "token_latency_limit_ns");
  for (const Fields::Entry& e : scenarios.entries()) {
    check_scenario(text, "unknown-key", e.span, e.key);
    Fields fields(text, *e.value, "a token latency limit");
    TokenLimit limit;
    if (auto value = placed_count(text, fields.need("ttft"))) limit.ttft_ns = value->value;
    if (auto value = placed_count(text, fields.need("tpot"))) limit.tpot_ns = value->value;
    fields.finish();
    model.token_limit[e.key] = limit;
  }
}

void load_counts(const PlacedText& text, Fields& fields, RoundModel& model) {
  if (auto value = placed_count(text, fields.need("performance_samples")))
    model.performance_samples = *value;
  model.dataset_size = placed_count(text, fields.take("dataset_size"));
  model.accuracy_samples = placed_count(text, fields.take("accuracy_samples"));
  model.offline_min_samples = placed_count(text, fields.take("offline_min_samples"));
  if (auto node = fields.take("accuracy_samples_of"))
    for (const auto& [scenario, count] : read_counts(text, *node, "accuracy_samples_of"))
      model.accuracy_samples_of[scenario] = count.value;
  if (auto node = fields.take("latency_limit_ns"))
    model.latency_limit_ns = read_counts(text, *node, "latency_limit_ns");
}

}  // namespace

std::map<std::string, std::string> read_words(const PlacedText& text, const Node& node,
                                              const std::string& name) {
  std::map<std::string, std::string> out;
  Fields fields(text, node, name);
  for (const Fields::Entry& e : fields.entries())
    if (auto word = read_text(text, *e.value)) out[e.key] = *word;
  return out;
}

std::map<std::string, std::string> read_words_by_scenario(const PlacedText& text, const Node& node,
                                                          const std::string& name) {
  for (const auto& [key, value] : node.entries)
    if (key.is_scalar()) check_scenario(text, "unknown-key", key.span, key.text);
  return read_words(text, node, name);
}

RoundModel load_model(const PlacedText& text, const Fields::Entry& entry) {
  RoundModel model;
  model.name = entry.key;
  model.span = entry.span;
  Fields fields(text, *entry.value, "model '" + entry.key + "'");
  if (auto node = fields.take("scenarios")) load_scenarios(text, *node, model);
  if (auto node = fields.need("accuracy")) load_accuracy(text, *node, model);
  load_counts(text, fields, model);
  if (auto node = fields.take("token_latencies"))
    model.token_latencies = read_flag(text, *node).value_or(false);
  if (auto node = fields.take("token_latency_limit_ns")) {
    load_token_limits(text, *node, model);
    if (!model.token_latencies)
      text.sink
          .error("wrong-value", text.span(*node),
                 "nothing reads these limits without `token_latencies: true`")
          .with_help("add `token_latencies: true`");
  }
  if (auto node = fields.take("result_fields"))
    model.result_fields = read_words_by_scenario(text, *node, "result_fields");
  if (auto node = fields.take("units")) model.units = read_words_by_scenario(text, *node, "units");
  if (auto node = fields.take("compliance"))
    if (auto list = read_list(text, *node)) {
      for (const std::string& test : *list) check_test(text, text.span(*node), test);
      model.compliance = *list;
    }
  if (auto node = fields.take("one_pass")) model.one_pass = read_flag(text, *node).value_or(false);
  if (auto node = fields.take("accuracy_files")) {
    Fields folders(text, *node, "accuracy_files");
    for (const Fields::Entry& e : folders.entries())
      if (auto list = read_list(text, *e.value)) model.accuracy_files[e.key] = *list;
  }
  fields.finish();
  return model;
}

}  // namespace mlpgen::round_file
