// The templates of a rule to the words of one edge.
#include <algorithm>
#include <filesystem>

#include "base/arguments.h"
#include "plan/lock_keys.h"
#include "plan/step_edges.h"
#include "text/text.h"

namespace mlpgen {

// What a rule may name besides its parameters.
std::optional<Value> StepPlanner::known_to_plan(Scope& s, const std::string& name) {
  if (name == "out")
    return Value::text("${out}");  // the runner puts the temporary directory in its place
  if (name == "kept") return Value::text("${kept}");  // likewise a folder that outlives a kill
  if (name == "mlpgen-tool")
    return Value::of(ToolPath{settings_.tool, std::to_string(s.rule.revision), "mlpgen-tool"});
  if (name == "home") return Value::of(SourceFile{library_.root(), "mlpgen", {}});
  if (name == "request" || name == "request.lock")
    return Value::of(StateFile{name == "request" ? kRequestFile : kRequestLockFile});
  if (name == "recipe.id") return Value::text(s.instance.recipe->id.value);
  if (name == "step.id") return Value::text(s.step.step->id.value);
  bool sharded = s.shard != StepOutput::kNoShard;
  if (name == "shard.index" && sharded) return Value::text(std::to_string(s.shard));
  if (name == "shard.count" && sharded) return Value::text(std::to_string(s.step.shards));
  if (name.starts_with("lock.") && s.lock) {
    if (name == "lock.lines") return Value{true, {s.lock->lines.begin(), s.lock->lines.end()}};
    auto it = s.lock->fields.find(name.substr(5));
    return it == s.lock->fields.end() ? std::nullopt : std::optional(Value::text(it->second));
  }
  if (auto it = s.earlier.find(name); it != s.earlier.end()) return Value::of(it->second);
  return std::nullopt;
}

std::optional<Value> StepPlanner::lookup(Scope& s, const std::string& name) {
  if (s.in_item) {
    std::filesystem::path path(s.item_text);
    if (name == "item") return Value::text(s.item);
    if (name == "item.stem") return Value::text(path.stem().string());
    if (name == "item.name") return Value::text(path.filename().string());
    if (name == "item.key") return Value::text(s.item_key);
  }
  if (std::optional<Value> known = known_to_plan(s, name)) return known;
  auto it = s.params.find(name);
  if (it == s.params.end()) return std::nullopt;
  std::vector<Template> items = items_of(s, it->second);
  return Value{it->second.kind != Param::Kind::kText || items.size() != 1, std::move(items)};
}

// What the step gives, or the rule's default, in which names of the plan may stand.
std::vector<Template> StepPlanner::items_of(Scope& s, const ResolvedParam& param) {
  std::vector<Template> items;
  auto find = [&](const TemplateName& name) { return known_to_plan(s, name.text); };
  auto missing = [&](const TemplateName& name) {
    sink_
        .error("unknown-parameter", param.name.span,
               "the default of '" + param.name.value + "' of rule " + s.rule.name.value +
                   " refers to '" + name.text + "', which the plan does not know")
        .with_help("name ${lock.FIELD}, ${request} or an output of an earlier edge");
  };
  for (const Template& item : param.items)
    if (has_names(item))
      for (Template& word : expand(item, find, missing)) items.push_back(std::move(word));
    else
      items.push_back(item);
  return items;
}

std::vector<Template> StepPlanner::template_words(Scope& s, const TemplateText& text) {
  auto find = [&](const TemplateName& name) { return lookup(s, name.text); };
  auto missing = [&](const TemplateName& name) {
    sink_
        .error("unknown-parameter", text.span,
               "rule " + s.rule.name.value + " refers to '" + name.text +
                   "', which it does not declare")
        .with_help("declare it under `params`, or check the spelling");
  };
  return expand(text.parts, find, missing);
}

// The rule's tool: `--NAME=VALUE` for each parameter, once for each item of a list or map, and none
// for what is empty or off. --out is the edge's one output, or the edge's folder where it has
// several; who refuses makes nothing.
std::vector<Template> StepPlanner::tool_words(Scope& s, const RuleEdge& e) {
  std::vector<Template> words = {known_to_plan(s, "mlpgen-tool")->items.front(), s.rule.tool.value};
  for (const RuleParam& p : s.rule.params) {
    if (!p.argument) continue;
    const ResolvedParam& bound = s.params.at(p.name.value);
    std::vector<Template> items = items_of(s, bound);
    for (size_t i = 0; i < items.size(); ++i) {
      bool map = p.type == ParamType::kMap, yes_no = p.type == ParamType::kBool;
      if (!map && (items[i].empty() || (yes_no && is_off(readable(items[i]))))) continue;
      Template word = option_of(p.name.value) + "=";
      if (map) word.add(bound.keys[i]).add_text("=");
      words.push_back(yes_no ? word.add_text("yes") : word.add(items[i]));
    }
  }
  if (s.rule.kind == "refuse") return words;
  Template out = "--out=${out}";
  if (e.outputs.size() == 1) {
    Text path = e.outputs.front().second;
    while (path.value.ends_with('/')) path.value.pop_back();
    out.add_text("/").add(template_words(s, path).front());
  }
  words.push_back(out);
  return words;
}

std::vector<Template> StepPlanner::argv_words(Scope& s, const RuleEdge& e) {
  if (e.argv.empty()) return tool_words(s, e);
  std::vector<Template> words;
  auto add = [&](Scope& scope, const std::vector<TemplateText>& texts) {
    for (const TemplateText& t : texts)
      for (Template& w : template_words(scope, t)) words.push_back(std::move(w));
  };
  for (const Word& w : e.argv) {
    if (w.kind == Word::Kind::kText) {
      add(s, {w.text});
      continue;
    }
    std::optional<Value> value =
        lookup(s, w.text.value);  // nothing: what only some steps have, such as a field of the lock
    if (!value || value->items.empty()) continue;
    const std::vector<Template>& items = value->items;
    if (w.kind == Word::Kind::kWhen) {
      bool off = items.size() == 1 && (items[0].empty() || is_off(readable(items[0])));
      if (!off) add(s, w.then);
      continue;
    }
    auto param = s.params.find(w.text.value);
    Scope each = s;
    each.in_item = true;
    for (size_t i = 0; i < items.size(); ++i) {
      each.item = items[i];
      each.item_text = readable(items[i]);
      each.item_key = param != s.params.end() && i < param->second.keys.size()
                          ? param->second.keys[i]
                          : Template();
      add(each, w.then);
    }
  }
  return words;
}

}  // namespace mlpgen
