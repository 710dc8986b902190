// rules/NAME.yaml to a StepRule.
#include <algorithm>

#include "file/digest.h"
#include "recipe/load/check_rule.h"
#include "recipe/load/load.h"
#include "recipe/load/reader.h"
#include "text/text.h"
#include "yaml/format.h"

namespace mlpgen {
namespace {

// What edges of a mode see of the environment, unless their rule says otherwise.
constexpr std::pair<const char*, const char*> kEnv[] = {{"LC_ALL", "C.UTF-8"},
                                                        {"PATH", "/usr/bin:/bin"}};
constexpr const char* kFetchPasses[] = {"HOME",           "MLPGEN_STORE",  "MLPGEN_MIRROR",
                                        "MLPGEN_OFFLINE", "*_proxy",       "*_PROXY",
                                        "SSL_CERT_*",     "CURL_CA_BUNDLE"};

ParamType read_param_type(const Text& type, Sink& sink) {
  const char* const* word =
      std::find(std::begin(kParamTypeWords), std::end(kParamTypeWords), type.value);
  if (word != std::end(kParamTypeWords)) return static_cast<ParamType>(word - kParamTypeWords);
  sink.error("wrong-type", type.span,
             "a parameter is text, int, bool, list, glob or map, and here is '" + type.value + "'")
      .with_help("write one of the six");
  return ParamType::kText;
}

RuleParam read_rule_param(const Node& key, const Node& node, Sink& sink) {
  RuleParam p;
  p.name = {key.text, key.span};
  MapReader m(node, "a parameter", sink);
  p.type = read_param_type(m.required("type"), sink);
  p.about = m.required("about").value;
  p.argument = m.flag("argument", true);
  for (Text& t : m.texts("choices")) p.choices.push_back(t.value);
  if (const Node* n = m.take("default")) {
    p.required = false;
    if (!n->is_null() && !(n->is_map() && n->entries.empty()))
      p.default_items = read_templates(*n, "a default", sink);
  }
  m.finish();
  return p;
}

std::vector<Word> read_argv(const Node* node, Sink& sink) {
  std::vector<Word> argv;
  if (!node) return argv;
  for (const Node& item : node->items) {
    Word w;
    if (item.is_map()) {
      MapReader m(item, "a conditional word", sink);
      if (auto t = m.text("when")) {
        w.kind = Word::Kind::kWhen;
        w.text = *t;
      } else {
        w.kind = Word::Kind::kEach;
        w.text = m.required("each");
      }
      m.take("each");
      w.then = m.templates("add");
      m.finish();
    } else if (auto t = read_text(item, "a word of the command", sink)) {
      w.text = *t;
    }
    argv.push_back(std::move(w));
  }
  return argv;
}

bool names(const std::vector<Text>& globs, std::string_view key) {
  return std::any_of(globs.begin(), globs.end(), [&](const Text& t) { return t.value == key; });
}

void add_environment_of(const std::string& mode, RuleEdge& e) {
  EnvMap env;
  for (const auto& [key, value] : kEnv)
    if (!find_entry(e.env, key) && !names(e.pass_env, key))
      env.push_back({{key, {}}, {TemplateText(Text{value, {}})}});
  e.env.insert(e.env.begin(), env.begin(), env.end());
  std::vector<Text> passed;
  for (const char* name : kFetchPasses)
    if (mode == "fetch" && !find_entry(e.env, name)) passed.push_back({name, {}});
  e.pass_env.insert(e.pass_env.begin(), passed.begin(), passed.end());
}

RuleEdge read_edge(const Node& node, const StepRule& rule, Sink& sink) {
  RuleEdge e;
  MapReader m(node, "an edge", sink);
  e.id = m.required("id");
  if (auto t = m.text("about")) e.about = t->value;
  if (auto t = m.text("foreach")) e.foreach_param = *t;
  e.argv = read_argv(m.list("argv"), sink);
  e.env = m.env("env");
  e.pass_env = m.texts("pass_env");
  e.after = m.texts("after");
  if (const Node* n = m.map("outputs"))
    for (const auto& [k, v] : n->entries)
      if (auto t = read_text(v, "an output", sink)) e.outputs.push_back({{k.text, k.span}, *t});
  m.finish();
  add_environment_of(rule.mode, e);
  if (e.argv.empty() && rule.tool.value.empty())
    sink.error("missing-key", node.span, "an edge needs 'argv'")
        .with_help("write the command as a list of words, or name the rule's `tool`");
  if (e.outputs.empty())
    sink.error("missing-key", node.span, "an edge needs 'outputs'")
        .with_help("write `outputs: {name: file}`");
  return e;
}

std::string read_kind(MapReader& m, const std::string& otherwise, Sink& sink) {
  std::optional<Text> t = m.text("kind");
  if (!t) return otherwise;
  std::vector<std::string> known(std::begin(kStepKinds), std::end(kStepKinds));
  if (std::find(known.begin(), known.end(), t->value) == known.end())
    sink.error("wrong-type", t->span, "there is no kind of step '" + t->value + "'")
        .with_help("kinds: " + join(known, ", "));
  return t->value;
}

Text read_lock(MapReader& m, Sink& sink) {
  std::optional<Text> t = m.text("lock");
  if (!t || t->value.empty()) return {};
  std::vector<std::string> known(std::begin(kLockKinds), std::end(kLockKinds));
  if (std::find(known.begin(), known.end(), t->value) == known.end())
    sink.error("unknown-lock-kind", t->span, "there is no kind of lock '" + t->value + "'")
        .with_help("kinds: " + join(known, ", "));
  return *t;
}

std::string read_mode(MapReader& m, Sink& sink) {
  std::optional<Text> t = m.text("mode");
  if (!t) return "work";
  if (t->value != "work" && t->value != "measure" && t->value != "fetch")
    sink.error("wrong-type", t->span, "there is no mode '" + t->value + "'")
        .with_help("modes: work, measure, fetch");
  return t->value;
}

// The rule once more for each of its modes, and the parameter that chooses one.
void read_modes(MapReader& m, StepRule& rule, Sink& sink) {
  const Node* modes = m.map("modes");
  if (!modes) return;
  for (const char* key : {"mode", "kind"})
    if (const Node* said = m.take(key))
      sink.error("wrong-value", said->span,
                 std::string("a rule with modes says '") + key + "' in each of them")
          .with_help("move it below `modes`");
  for (const RuleParam& p : rule.params)
    if (p.name.value == kModeParam)
      sink.error("wrong-value", p.name.span, "a rule with modes has the parameter 'mode' from them")
          .with_help("remove it from `params`, or give it another name");
  RuleParam choice;
  choice.name = {kModeParam, modes->span};
  choice.about = "which run it is";
  std::vector<StepRule> all;
  for (const auto& [word, said] : modes->entries) {
    StepRule one = rule;
    one.chosen = {word.text, word.span};
    MapReader of(said, "a mode", sink);
    one.about = of.required("about").value;
    one.mode = read_mode(of, sink);
    one.kind = read_kind(of, one.mode, sink);
    of.finish();
    choice.choices.push_back(word.text);
    all.push_back(std::move(one));
  }
  rule.params.insert(rule.params.begin(), choice);
  for (StepRule& one : all) one.params = rule.params;
  rule.modes = std::move(all);
}

}  // namespace

const StepRule& StepRule::in_mode(std::string_view word) const {
  auto at = std::find_if(modes.begin(), modes.end(),
                         [&](const StepRule& one) { return one.chosen.value == word; });
  return at == modes.end() ? *this : *at;
}

Param::Kind kind_of(ParamType type) {
  if (type == ParamType::kMap) return Param::Kind::kMap;
  return type == ParamType::kList || type == ParamType::kGlob ? Param::Kind::kList
                                                              : Param::Kind::kText;
}

const RuleParam* StepRule::find_param(std::string_view wanted) const {
  auto at = std::find_if(params.begin(), params.end(),
                         [&](const RuleParam& p) { return p.name.value == wanted; });
  return at == params.end() ? nullptr : &*at;
}

std::optional<StepRule> load_rule(const Sources& sources, SourceId source, Sink& sink) {
  std::optional<Node> root = parse_yaml(sources, source, sink);
  return root ? load_rule(*root, source, sink) : std::nullopt;
}

std::optional<StepRule> load_rule(const Node& root, SourceId source, Sink& sink) {
  size_t before = sink.errors();
  MapReader m(root, "a rule", sink);
  check_format(m);
  StepRule r;
  r.source = source;
  r.digest = sha256(said(root));
  r.name = m.required("rule");
  r.about = m.required("about").value;
  r.mode = read_mode(m, sink);
  r.kind = read_kind(m, r.mode, sink);
  r.revision = m.integer("revision", 1);
  if (auto t = m.text("tool")) r.tool = *t;
  r.lock = read_lock(m, sink);
  if (const Node* n = m.map("params"))
    for (const auto& [k, v] : n->entries) r.params.push_back(read_rule_param(k, v, sink));
  if (const Node* n = m.list("edges"))
    for (const Node& item : n->items) r.edges.push_back(read_edge(item, r, sink));
  else if (!m.take("edges"))
    sink.error("missing-key", root.span, "a rule needs 'edges'")
        .with_help(
            "list what the step becomes: `edges: [{id: word, argv: [...], outputs: {name: "
            "file}}]`");
  for (const RuleEdge& e : r.edges)
    for (RuleParam& p : r.params) p.argument &= !names(e.after, p.name.value);
  bool runs =
      std::any_of(r.edges.begin(), r.edges.end(), [](const RuleEdge& e) { return e.argv.empty(); });
  if (!r.tool.value.empty() && !runs)
    sink.error("wrong-value", r.tool.span,
               "no edge runs the tool '" + r.tool.value + "': each has its own argv")
        .with_help("leave out `argv` of one edge, or `tool`");
  read_modes(m, r, sink);
  m.finish();
  if (sink.errors() == before) check_rule(r, sink);
  if (sink.errors() != before) return std::nullopt;
  return r;
}

}  // namespace mlpgen
