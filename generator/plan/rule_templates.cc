// The templates of a rule to the words of one edge.
#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "plan/lock_keys.h"
#include "plan/step_edges.h"

namespace mlpgen {

std::optional<Value> StepPlanner::lookup(Scope& s, const std::string& name) {
  if (name == "out") return Value::text("${out}");  // the runner puts the temporary directory in its place
  if (name == "mlpgen-tool") return Value::of(ToolPath{settings_.tool, std::to_string(s.rule.revision), "mlpgen-tool"});
  if (name == "home") return Value::of(SourceFile{library_.root(), "mlpgen", {}});
  if (name == "request" || name == "request.lock") return Value::of(StateFile{name == "request" ? kRequestFile : kRequestLockFile});
  if (name == "recipe.id") return Value::text(s.instance.recipe->id.value);
  if (name == "step.id") return Value::text(s.step.step->id.value);
  bool sharded = s.shard != StepOutput::kNoShard;
  if (name == "shard.index" && sharded) return Value::text(std::to_string(s.shard));
  if (name == "shard.count" && sharded) return Value::text(std::to_string(s.step.shards));
  if (s.in_item) {
    std::filesystem::path path(s.item_text);
    if (name == "item") return Value::text(s.item);
    if (name == "item.stem") return Value::text(path.stem().string());
    if (name == "item.name") return Value::text(path.filename().string());
    if (name == "item.key") return Value::text(s.item_key);
  }
  if (name.starts_with("lock.") && s.lock) {
    if (name == "lock.lines") return Value{true, {s.lock->lines.begin(), s.lock->lines.end()}};
    auto it = s.lock->fields.find(name.substr(5));
    return it == s.lock->fields.end() ? std::nullopt : std::optional(Value::text(it->second));
  }
  if (auto it = s.params.find(name); it != s.params.end()) return Value{it->second.kind != Param::Kind::kText || it->second.items.size() != 1, it->second.items};
  if (auto it = s.earlier.find(name); it != s.earlier.end()) return Value::of(it->second);
  return std::nullopt;
}

std::vector<Template> StepPlanner::template_words(Scope& s, const TemplateText& text) {
  auto find = [&](const TemplateName& name) { return lookup(s, name.text); };
  auto missing = [&](const TemplateName& name) {
    sink_.error("unknown-parameter", text.span, "rule " + s.rule.name.value + " refers to '" + name.text + "', which it does not declare")
        .with_help("declare it under `params`, or check the spelling");
  };
  return expand(text.parts, find, missing);
}

std::vector<Template> StepPlanner::argv_words(Scope& s, const RuleEdge& e) {
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
    auto it = s.params.find(w.text.value);
    std::vector<Template> items = it == s.params.end() ? std::vector<Template>{} : it->second.items;
    if (std::optional<Value> v = it == s.params.end() ? lookup(s, w.text.value) : std::nullopt) items = v->items;
    else if (it == s.params.end() && !w.text.value.starts_with("lock."))
      sink_.error("unknown-parameter", w.text.span, "rule " + s.rule.name.value + " has no parameter '" + w.text.value + "'").with_help("declare it under `params`");
    if (w.kind == Word::Kind::kWhen) {
      bool on = !items.empty() && !(items.size() == 1 && (items[0].empty() || is_off(readable(items[0]))));
      if (on) add(s, w.then);
      continue;
    }
    Scope each = s;
    each.in_item = true;
    for (size_t i = 0; i < items.size(); ++i) {
      each.item = items[i];
      each.item_text = readable(items[i]);
      each.item_key = it != s.params.end() && i < it->second.keys.size() ? it->second.keys[i] : Template();
      add(each, w.then);
    }
  }
  return words;
}

}  // namespace mlpgen
