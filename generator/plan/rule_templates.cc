// The templates of a rule to the words of one edge.
#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "plan/lock_keys.h"
#include "plan/step_edges.h"

namespace mlpgen {
namespace {

std::string marker(const OutputPlace& p) {
  return encode({Reference::Kind::kEdge, {std::to_string(static_cast<uint32_t>(p.edge)), p.path}});
}

}  // namespace

std::optional<Value> StepPlanner::lookup(Scope& s, const std::string& name) {
  if (name == "out") return Value::text("${out}");  // the runner puts the temporary directory in its place
  if (name == "mlpgen-tool") return Value::text(encode({Reference::Kind::kTool, {settings_.tool, std::to_string(s.rule.revision), "mlpgen-tool"}}));
  if (name == "home") return Value::text(encode({Reference::Kind::kSource, {library_.root(), "mlpgen"}}));
  if (name == "request" || name == "request.lock") return Value::text(encode({Reference::Kind::kState, {name == "request" ? kRequestFile : kRequestLockFile}}));
  if (name == "recipe.id") return Value::text(s.instance.recipe->id.value);
  if (name == "step.id") return Value::text(s.step.step->id.value);
  if (name == "shard.index" && !s.shard.empty()) return Value::text(s.shard);
  if (name == "shard.count" && !s.shard.empty()) return Value::text(std::to_string(s.step.shards));
  if (s.in_item) {
    std::filesystem::path path(s.item_text);
    if (name == "item") return Value::text(s.item);
    if (name == "item.stem") return Value::text(path.stem());
    if (name == "item.name") return Value::text(path.filename());
    if (name == "item.key") return Value::text(s.item_key);
  }
  if (name.starts_with("lock.") && s.lock) {
    if (name == "lock.lines") return Value{true, s.lock->lines};
    auto it = s.lock->fields.find(name.substr(5));
    return it == s.lock->fields.end() ? std::nullopt : std::optional(Value::text(it->second));
  }
  if (auto it = s.params.find(name); it != s.params.end()) return Value{it->second.kind != Param::Kind::kText || it->second.items.size() != 1, it->second.items};
  if (auto it = s.earlier.find(name); it != s.earlier.end()) {
    Value v{true, {}};
    for (const OutputPlace& p : it->second) v.items.push_back(marker(p));
    v.is_list = v.items.size() != 1;
    return v;
  }
  return std::nullopt;
}

std::vector<std::string> StepPlanner::template_words(Scope& s, const Text& text) {
  auto find = [&](const std::string& name) { return lookup(s, name); };
  auto missing = [&](const std::string& name) {
    sink_.error("unknown-parameter", text.span, "rule " + s.rule.name.value + " refers to '" + name + "', which it does not declare")
        .with_help("declare it under `params`, or check the spelling");
  };
  return expand(text.value, find, missing);
}

std::vector<std::string> StepPlanner::argv_words(Scope& s, const RuleEdge& e) {
  std::vector<std::string> words;
  auto add = [&](const std::vector<Text>& texts) {
    for (const Text& t : texts)
      for (std::string& w : template_words(s, t)) words.push_back(std::move(w));
  };
  for (const Word& w : e.argv) {
    if (w.kind == Word::Kind::kText) {
      add({w.text});
      continue;
    }
    auto it = s.params.find(w.text.value);
    std::vector<std::string> items = it == s.params.end() ? std::vector<std::string>{} : it->second.items;
    if (std::optional<Value> v = it == s.params.end() ? lookup(s, w.text.value) : std::nullopt) items = v->items;
    else if (it == s.params.end() && !w.text.value.starts_with("lock."))
      sink_.error("unknown-parameter", w.text.span, "rule " + s.rule.name.value + " has no parameter '" + w.text.value + "'").with_help("declare it under `params`");
    if (w.kind == Word::Kind::kWhen) {
      bool on = !items.empty() && !(items.size() == 1 && (items[0].empty() || is_off(items[0])));
      if (on) add(w.then);
      continue;
    }
    Scope each = s;
    each.in_item = true;
    for (size_t i = 0; i < items.size(); ++i) {
      each.item = items[i];
      each.item_text = items[i];
      each.item_key = it != s.params.end() && i < it->second.keys.size() ? it->second.keys[i] : "";
      for (const Text& t : w.then)
        for (std::string& word : template_words(each, t)) words.push_back(std::move(word));
    }
  }
  return words;
}

}  // namespace mlpgen
