// One entry of a round file's `models:` -> RoundModel.
#include "round/load_model.h"

namespace mlpgen::round_file {
namespace {

std::optional<Placed<int64_t>> placed_count(const PlacedText& text,
                                            const Node* node) {
  if (!node) return std::nullopt;
  std::optional<uint64_t> value = read_count(text, *node);
  if (!value) return std::nullopt;
  return Placed<int64_t>{static_cast<int64_t>(*value), text.span(*node)};
}

std::map<std::string, Placed<int64_t>> read_counts(const PlacedText& text, const Node& node,
                                                   const std::string& name) {
  std::map<std::string, Placed<int64_t>> out;
  Fields fields(text, node, name);
  for (const Fields::Entry& e : fields.entries())
    if (auto value = placed_count(text, e.value)) out[e.key] = *value;
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
    model.scenarios[category] = scenarios;
  }
  categories.finish();
}

std::optional<Placed<double>> placed_number(const PlacedText& text,
                                            const Node* node) {
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
      if (auto word = read_text(text, *scenario)) metric.scenario = *word;
    metric.at_least = placed_number(text, fields.take("at_least"));
    metric.at_most = placed_number(text, fields.take("at_most"));
    fields.finish();
    model.accuracy.push_back(std::move(metric));
  }
}

void load_token_limits(const PlacedText& text, const Node& node, RoundModel& model) {
  Fields scenarios(text, node, "token_latency_limit_ns");
  for (const Fields::Entry& e : scenarios.entries()) {
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
  if (auto node = fields.take("token_latency_limit_ns")) load_token_limits(text, *node, model);
  if (auto node = fields.take("result_fields"))
    model.result_fields = read_words(text, *node, "result_fields");
  if (auto node = fields.take("units")) model.units = read_words(text, *node, "units");
  if (auto node = fields.take("compliance"))
    if (auto list = read_list(text, *node)) model.compliance = *list;
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
