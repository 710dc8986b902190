// Templates to texts, and a person's own copy in the place of a fetch.
#include "resolve/frame/step.h"

#include <algorithm>

#include "text/text.h"

namespace mlpgen {
namespace {

ResolvedParam expand_param(const Param& p, Frame& frame, InstanceId self) {
  ResolvedParam all{p.name, p.kind, {}, {}};
  for (size_t i = 0; i < p.items.size(); ++i) {
    std::vector<Template> items = frame.expand_text(p.items[i], self);
    if (p.kind == Param::Kind::kMap) {  // one value each: a list is one text
      all.keys.push_back(frame.expand_text(p.keys[i], self).front());
      items = {joined(items, " ")};
    }
    all.items.insert(all.items.end(), items.begin(), items.end());
  }
  if (all.kind == Param::Kind::kText && all.items.size() != 1) all.kind = Param::Kind::kList;
  return all;
}

Template first_text(const std::vector<ResolvedParam>& params, const std::string& name) {
  for (const ResolvedParam& p : params)
    if (p.name.value == name && !p.items.empty()) return p.items.front();
  return {};
}

bool has_param(const std::vector<ResolvedParam>& params, const std::string& name) {
  return std::any_of(params.begin(), params.end(),
                     [&](const ResolvedParam& p) { return p.name.value == name; });
}

bool gives(const StepRule& rule, const std::string& output) {
  for (const RuleEdge& e : rule.edges)
    for (const auto& [name, path] : e.outputs)
      if (name.value == output) return true;
  return false;
}

// What is said of a copy that does not fit, where the recipe has no words of its own.
void add_words(std::vector<ResolvedParam>& params, Span at) {
  Template url = first_text(params, "urls"), name = first_text(params, "name");
  auto add = [&](const char* param, const Template& text) {
    if (!has_param(params, param)) params.push_back({{param, at}, Param::Kind::kText, {text}, {}});
  };
  add("what", name.empty() ? Template("the files of ").add(url) : name);
  add("how", Template("give another copy, or none: then it is fetched from ").add(url));
}

void take_own_copy(ResolvedStep& r, Frame& frame, InstanceId self, Library& library) {
  std::vector<ResolvedParam> params;
  for (const Param& p : r.step->own_copy) params.push_back(expand_param(p, frame, self));
  if (first_text(params, "path").empty()) return;
  Text name{kLocalCopy, r.step->rule.span};
  const StepRule* rule = library.rule(name);
  if (!rule) return;
  for (auto& [link, output] : r.links)
    if (output != "dir" && !gives(*rule, output)) output = kCopyOutput;
  r.rule = name;
  r.params = copy_params(*r.step, std::move(params), r.params, *rule);
}

}  // namespace

const StepRule* rule_of(const ResolvedStep& step, Library& library) {
  const StepRule* rule = library.rule(step.rule);
  if (!rule || rule->modes.empty()) return rule;
  return &rule->in_mode(readable(first_text(step.params, kModeParam)));
}

std::vector<ResolvedParam> copy_params(const RecipeStep& step, std::vector<ResolvedParam> own,
                                       const std::vector<ResolvedParam>& fetch,
                                       const StepRule& local_copy) {
  for (const ResolvedParam& p : fetch)
    if (local_copy.find_param(p.name.value) && !has_param(own, p.name.value)) own.push_back(p);
  add_words(own, step.span);
  return own;
}

ResolvedStep resolve_step(const RecipeStep& s, Frame& frame, InstanceId self, Library& library) {
  ResolvedStep r;
  r.step = &s;
  r.rule = s.rule;
  r.target = !s.target.value.empty() ? s.target.value : frame.recipe().target.value;
  if (!s.shards.value.empty()) r.shards = frame.shard_count(s, self);
  for (const auto& [name, output] : s.links)
    r.links.emplace_back(readable(frame.expand_text(name, self).front()), output.value);
  for (const Param& p : s.params) r.params.push_back(expand_param(p, frame, self));
  if (!s.own_copy.empty()) take_own_copy(r, frame, self, library);
  return r;
}

}  // namespace mlpgen
