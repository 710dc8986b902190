// A round file -> Round: the round's own keys. The models are read in load_model.cc.
#include <algorithm>
#include <array>
#include <filesystem>

#include "file/file.h"
#include "round/load_model.h"
#include "round/round.h"
#include "round/yaml_fields.h"
#include "text/closest.h"

namespace mlpgen {
namespace {

using namespace round_file;

template <class T>
void place(const PlacedText& text, Fields& fields, const std::string& key, Placed<T>& into) {
  const Node* node = fields.need(key);
  if (!node) return;
  into.span = text.span(*node);
  if constexpr (std::is_same_v<T, std::string>) {
    if (auto value = read_text(text, *node)) into.value = *value;
  } else {
    if (auto value = read_count(text, *node)) into.value = static_cast<T>(*value);
  }
}

// One word out of a few; reports wrong-type with the list.
std::optional<size_t> read_choice(const PlacedText& text, const Node& node,
                                  std::vector<std::string> choices) {
  std::optional<std::string> word = read_text(text, node);
  if (!word) return std::nullopt;
  auto at = std::find(choices.begin(), choices.end(), *word);
  if (at != choices.end()) return static_cast<size_t>(at - choices.begin());
  std::string all;
  for (const std::string& c : choices) all += (all.empty() ? "" : ", ") + c;
  text.sink.error("wrong-type", text.span(node),
                  "this must be one of " + all + ", not '" + *word + "'");
  return std::nullopt;
}

void load_seeds(const PlacedText& text, const Node& node, Seeds& seeds) {
  Fields fields(text, node, "seeds");
  place(text, fields, "qsl_rng_seed", seeds.qsl);
  place(text, fields, "sample_index_rng_seed", seeds.sample_index);
  place(text, fields, "schedule_rng_seed", seeds.schedule);
  fields.finish();
}

void load_disagreements(const PlacedText& text, const Node& node, Round& round) {
  if (!node.is_list()) {
    text.sink.error("wrong-type", text.span(node), "disagreements must be a list")
        .with_help("write `- {model: dlrm-v3, value: ..., rules: ..., checker: ...}` below it");
    return;
  }
  for (const Node& item : node.items) {
    Fields fields(text, item, "a disagreement");
    Disagreement d;
    for (auto& [key, into] : {std::pair<const char*, std::string&>{"model", d.model},
                              {"value", d.value},
                              {"checker", d.checker}})
      if (auto value = fields.need(key))
        if (auto word = read_text(text, *value)) into = *word;
    for (auto& [key, into] :
         {std::pair<const char*, std::string&>{"rules", d.rules}, {"mlperf_conf", d.mlperf_conf}})
      if (auto value = fields.take(key))
        if (auto word = read_text(text, *value)) into = *word;
    fields.finish();
    if (!round.find(d.model))
      text.sink.error("wrong-value", text.span(item), "the round has no model '" + d.model + "'");
    round.disagreements.push_back(std::move(d));
  }
}

// TEST05 needs its seeds, and nothing reads them where no model has that test.
void check_test05(const PlacedText& text, const Node& node, const Round& round) {
  bool asked = std::any_of(round.models.begin(), round.models.end(), [](const RoundModel& m) {
    return std::find(m.compliance.begin(), m.compliance.end(), "TEST05") != m.compliance.end();
  });
  if (asked && !round.test05_seeds)
    text.sink
        .error("missing-key", text.span(node), "a model has TEST05, and there are no test05_seeds")
        .with_help("add `test05_seeds:` with the three seeds of that test");
  if (!asked && round.test05_seeds)
    text.sink
        .error("wrong-value", round.test05_seeds->qsl.span,
               "no model of this round has TEST05, so nothing reads test05_seeds")
        .with_help("remove the key, or add TEST05 to a model's `compliance`");
}

void load_checker(const PlacedText& text, const Node& node, Checker& checker) {
  Fields fields(text, node, "checker");
  if (auto kind = fields.need("kind"))
    if (auto choice = read_choice(text, *kind, {"modular", "single-file"}))
      checker.kind = static_cast<CheckerKind>(*choice);
  place(text, fields, "commit", checker.commit);
  place(text, fields, "file", checker.file);
  if (auto digest = fields.take("sha256"))
    if (auto value = read_text(text, *digest)) checker.sha256 = {*value, text.span(*digest)};
  fields.finish();
}

void load_rules(const PlacedText& text, const Node& node, std::vector<Strictness>& rules) {
  Fields fields(text, node, "rules");
  for (const RuleWord& rule : kRuleWords)
    if (auto value = fields.take(std::string(rule.word)))
      if (auto choice = read_choice(text, *value, {"off", "warning", "error"}))
        rules[static_cast<size_t>(rule.rule)] = static_cast<Strictness>(*choice);
  fields.finish();
}

void load_head(const PlacedText& text, Fields& fields, Round& round) {
  check_format(text, fields);
  place(text, fields, "round", round.name);
  if (auto node = fields.need("seeds")) load_seeds(text, *node, round.seeds);
  if (auto node = fields.take("test05_seeds"))
    load_seeds(text, *node, round.test05_seeds.emplace());
  if (auto node = fields.need("layout"))
    if (auto choice = read_choice(text, *node, {"split", "flat"}))
      round.layout = static_cast<Layout>(*choice);
  if (auto node = fields.need("checker")) load_checker(text, *node, round.checker);
  if (auto node = fields.take("rules")) load_rules(text, *node, round.rules);
  place(text, fields, "min_duration_ms", round.min_duration_ms);
  if (auto node = fields.need("measurement_files"))
    if (auto list = read_list(text, *node)) round.measurement_files = *list;
  if (auto node = fields.need("system_keys"))
    if (auto choice = read_choice(text, *node, {"33", "35"}))
      round.system_keys = *choice == 0 ? 33 : 35;
  if (auto node = fields.need("result_fields"))
    round.result_fields = read_words_by_scenario(text, *node, "result_fields");
  if (auto node = fields.take("aliases")) round.aliases = read_words(text, *node, "aliases");
}

}  // namespace

std::optional<Round> load_round(const Sources& sources, SourceId source, Sink& sink) {
  size_t before = sink.errors();
  PlacedText text{sources, source, sink};
  std::optional<Node> node = parse(text);
  if (!node) return std::nullopt;
  Round round;
  Fields fields(text, *node, "a round file");
  load_head(text, fields, round);
  if (auto models = fields.need("models")) {
    Fields entries(text, *models, "models");
    for (const Fields::Entry& e : entries.entries()) round.models.push_back(load_model(text, e));
  }
  if (auto list = fields.take("disagreements")) load_disagreements(text, *list, round);
  fields.finish();
  check_test05(text, *node, round);
  if (sink.errors() != before) return std::nullopt;
  return round;
}

std::optional<Round> load_round_file(Sources& sources, const std::string& path, Sink& sink) {
  Result<std::string> bytes = read_file(path);
  if (!bytes) {
    sink.error("not-found", {}, bytes.error().message).with_help(bytes.error().help);
    return std::nullopt;
  }
  return load_round(sources, sources.add(path, std::move(*bytes)), sink);
}

std::vector<Round> load_rounds(Sources& sources, const std::string& folder, Sink& sink) {
  std::error_code why;
  std::vector<std::string> paths;
  for (std::filesystem::directory_iterator at(folder, why), end; !why && at != end;
       at.increment(why))
    if (at->path().extension() == ".yaml") paths.push_back(at->path().string());
  if (why) sink.error("not-found", {}, folder + " cannot be read: " + why.message());
  std::sort(paths.begin(), paths.end());
  std::vector<Round> rounds;
  for (const std::string& path : paths) {
    std::optional<Round> round = load_round_file(sources, path, sink);
    if (!round) continue;
    if (const Round* first = find_round(rounds, round->name.value))
      sink.error("duplicate-round", round->name.span,
                 "round " + round->name.value + " has two files")
          .note(first->name.span, "the other one is here");
    rounds.push_back(std::move(*round));
  }
  std::stable_sort(rounds.begin(), rounds.end(), [](const Round& a, const Round& b) {
    return round_before(a.name.value, b.name.value);
  });
  return rounds;
}

}  // namespace mlpgen
