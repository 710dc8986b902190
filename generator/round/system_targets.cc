// A file of --sut -> SystemTargets.
#include "round/system_targets.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "round/load_model.h"
#include "round/yaml_fields.h"

namespace mlpgen {
namespace {

using namespace round_file;

constexpr const char* kTargetScenarios[] = {"Offline", "Server", "Interactive", "SingleStream",
                                            "MultiStream"};

void load_target(const PlacedText& text, const std::string& model, const Fields::Entry& scenario,
                 SystemTargets& all) {
  if (std::find(std::begin(kTargetScenarios), std::end(kTargetScenarios), scenario.key) ==
      std::end(kTargetScenarios)) {
    text.sink.error("unknown-key", scenario.span, "there is no scenario '" + scenario.key + "'")
        .with_help("scenarios: Offline, Server, Interactive, SingleStream, MultiStream");
    return;
  }
  const char* key = scenario.key.ends_with("Stream") ? "target_latency" : "target_qps";
  Fields fields(text, *scenario.value, "the target of " + model + " in " + scenario.key);
  const Node* node = fields.need(key);
  fields.finish();
  if (!node) return;
  std::optional<std::string> value = read_text(text, *node);
  if (!value) return;
  char* end = nullptr;
  const double number = std::strtod(value->c_str(), &end);
  if (value->empty() || *end || !(number > 0) || !std::isfinite(number))
    text.sink.error("wrong-value", text.span(*node), "'" + *value + "' is no number above 0")
        .with_help(scenario.key.ends_with("Stream") ? "write the time of a query in ms"
                                                    : "write a rate, 1/s");
  else
    all.targets.push_back({model, scenario.key, {*value, text.span(*node)}});
}

}  // namespace

const SystemTarget* SystemTargets::find(std::string_view model, std::string_view scenario) const {
  auto at = std::find_if(targets.begin(), targets.end(), [&](const SystemTarget& t) {
    return t.model == model && t.scenario == scenario;
  });
  return at == targets.end() ? nullptr : &*at;
}

std::optional<SystemTargets> load_system_targets(const Sources& sources, SourceId source,
                                                 Sink& sink) {
  size_t before = sink.errors();
  PlacedText text{sources, source, sink};
  std::optional<Node> node = parse(text);
  if (!node) return std::nullopt;
  SystemTargets all;
  Fields fields(text, *node, "a system's targets");
  check_format(text, fields);
  if (const Node* targets = fields.need("targets")) {
    Fields models(text, *targets, "targets");
    for (const Fields::Entry& model : models.entries()) {
      models.take(model.key);
      Fields scenarios(text, *model.value, "the targets of " + model.key);
      for (const Fields::Entry& scenario : scenarios.entries())
        load_target(text, model.key, scenario, all);
    }
  }
  fields.finish();
  if (sink.errors() != before) return std::nullopt;
  return all;
}

}  // namespace mlpgen
