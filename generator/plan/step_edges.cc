// Rules applied: templates to commands, commands to identities.
#include "plan/step_edges.h"

#include <algorithm>
#include <filesystem>

#include "base/closest.h"
#include "base/digest.h"
#include "base/text.h"
#include "plan/lock_keys.h"

namespace mlpgen {
namespace {



std::string marker(const OutputPlace& p) {
  return encode({Reference::Kind::kEdge, {std::to_string(static_cast<uint32_t>(p.edge)), p.path}});
}

// How far plain text after a source reference still belongs to its path.
size_t path_end(std::string_view text) { return std::min(text.find_first_of(" ,:=;"), text.size()); }

}  // namespace

void StepPlanner::plan(const Instance& instance, const ResolvedStep& step) {
  const StepRule* rule = library_.rule(step.step->rule);
  if (!rule) return;
  Scope scope{instance, step, *rule, {}, nullptr, "", {}, "", "", "", false};
  if (!bind_params(scope) || !bind_lock(scope)) return;
  if (step.shards == 0) return plan_shard(scope);
  for (int i = 0; i < step.shards; ++i) {
    Scope one = scope;
    one.shard = std::to_string(i);
    plan_shard(std::move(one));
  }
}

bool StepPlanner::bind_params(Scope& s) {
  size_t errors = sink_.errors();
  std::vector<std::string> known;
  for (const RuleParam& p : s.rule.params) known.push_back(p.name.value);
  for (const ResolvedParam& p : s.step.params) {
    auto declared = std::find_if(s.rule.params.begin(), s.rule.params.end(), [&](const RuleParam& r) { return r.name.value == p.name.value; });
    if (declared == s.rule.params.end()) {
      std::string near = did_you_mean(p.name.value, known);
      sink_.error("unknown-parameter", p.name.span, "rule " + s.rule.name.value + " has no parameter '" + p.name.value + "'")
          .note(s.rule.name.span, "the rule")
          .with_help(near.empty() ? "its parameters: " + join(known, ", ") : near);
      continue;
    }
    if (declared->kind == Param::Kind::kText && p.items.size() != 1)
      sink_.error("wrong-type", p.name.span, "'" + p.name.value + "' of rule " + s.rule.name.value + " is one text, and here are " + std::to_string(p.items.size()))
          .with_help("give one value");
    if ((declared->kind == Param::Kind::kMap) != (p.kind == Param::Kind::kMap))
      sink_.error("wrong-type", p.name.span, "'" + p.name.value + "' of rule " + s.rule.name.value + (declared->kind == Param::Kind::kMap ? " is a map" : " is no map"))
          .with_help("docs/language.md lists the kinds of parameters");
    ResolvedParam bound = p;
    if (declared->glob) {
      bound.items.clear();
      for (const std::string& pattern : p.items) {
        Edge ignored;
        std::vector<std::string> files = digests_.glob(settle(s, pattern, ignored).real);
        for (const std::string& f : files) {
          std::string where = s.instance.recipe->directory;
          bool own = f.starts_with(where + "/");
          bound.items.push_back(own ? encode({Reference::Kind::kSource, {where, s.instance.recipe->id.value}}) + f.substr(where.size())
                                    : encode({Reference::Kind::kSource, {f, std::filesystem::path(f).filename()}}));
        }
        if (files.empty()) sink_.error("missing-source", p.name.span, "no file matches " + readable(pattern)).with_help("check the pattern");
      }
    }
    s.params[p.name.value] = std::move(bound);
  }
  for (const RuleParam& p : s.rule.params) {
    if (s.params.count(p.name.value)) continue;
    if (p.required)
      sink_.error("missing-parameter", s.step.step->span, "step '" + s.step.step->id.value + "' needs '" + p.name.value + "': " + p.about)
          .note(p.name.span, "rule " + s.rule.name.value + " asks for it")
          .with_help("add `" + p.name.value + ": ...`");
    s.params[p.name.value] = {p.name, p.kind, p.default_items, {}};
  }
  return sink_.errors() == errors;
}

bool StepPlanner::bind_lock(Scope& s) {
  if (s.rule.lock.value.empty()) return true;
  std::optional<LockWant> want = lock_want(s.rule.lock, s.params, sink_);
  if (!want) return false;
  s.lock = lock_.find(want->key);
  want->found = s.lock != nullptr;
  want->at = s.step.step->span;
  out_.wants.push_back(*want);
  if (s.lock) return true;
  if (!settings_.require_lock) unlocked_.insert({std::to_string(static_cast<uint32_t>(s.instance.id)), s.step.step->id.value});
  if (settings_.require_lock)
    sink_.error("not-locked", s.step.step->span, "the lock has no entry for: " + want->key)
        .note({}, "locks that were looked in: " + (lock_.files().empty() ? "none" : join(lock_.files(), ", ")))
        .with_help("run `mlpgen lock` in this directory once: it asks the package client and writes mlpgen.lock");
  return false;
}

void StepPlanner::plan_shard(Scope scope) {
  for (const RuleEdge& e : scope.rule.edges) {
    if (e.foreach_param.value.empty()) {
      plan_edge(scope, e);
      continue;
    }
    auto it = scope.params.find(e.foreach_param.value);
    if (it == scope.params.end()) {
      sink_.error("unknown-parameter", e.foreach_param.span, "rule " + scope.rule.name.value + " has no parameter '" + e.foreach_param.value + "'").with_help("name one of its params");
      return;
    }
    scope.in_item = true;
    for (size_t i = 0; i < it->second.items.size(); ++i) {
      scope.item = it->second.items[i];
      scope.item_key = i < it->second.keys.size() ? it->second.keys[i] : "";
      Edge ignored;
      scope.item_text = settle(scope, scope.item, ignored).real;
      plan_edge(scope, e);
    }
    scope.in_item = false;
  }
}

std::optional<Value> StepPlanner::lookup(Scope& s, const std::string& name) {
  if (name == "out") return Value::text("${out}");  // the runner puts the temporary directory in its place
  if (name == "mlpgen-tool") return Value::text(encode({Reference::Kind::kTool, {settings_.tool, std::to_string(s.rule.revision), "mlpgen-tool"}}));
  if (name == "home") return Value::text(encode({Reference::Kind::kSource, {library_.root(), "mlpgen"}}));
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
    if (name == "lock.text") return Value::text(join(s.lock->lines, "\n") + "\n");
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

void StepPlanner::add_input(Edge& edge, const OutputPlace& place) {
  const Edge& maker = out_.plan.at(place.edge);
  if (std::find(edge.needs.begin(), edge.needs.end(), place.edge) == edge.needs.end()) edge.needs.push_back(place.edge);
  EdgeInput input{maker.directory + (place.path.empty() ? "" : "/" + place.path), maker.mode == "fetch", ""};
  while (input.path.ends_with('/')) input.path.pop_back();
  if (std::any_of(edge.inputs.begin(), edge.inputs.end(), [&](const EdgeInput& i) { return i.path == input.path; })) return;
  edge.inputs.push_back(std::move(input));
}

StepPlanner::Expanded StepPlanner::settle(Scope& s, const std::string& text, Edge& edge) {
  Expanded out;
  std::string source, source_name;  // a source reference whose path goes on in the plain text
  auto end_source = [&](std::string_view suffix) {
    std::string path = source + std::string(suffix);
    std::optional<std::string> digest = digests_.of(path);
    bool pattern = suffix.find_first_of("*?") != std::string_view::npos;
    if (!digest && !pattern)
      sink_.error("missing-source", s.step.step->span, "there is no " + path).with_help("check the path in the recipe");
    out.real += path;
    out.identity += "<source " + source_name + std::string(suffix) + " " + digest.value_or("") + ">";
    if (digest && !pattern && std::none_of(edge.inputs.begin(), edge.inputs.end(), [&](const EdgeInput& i) { return i.path == path; }))
      edge.inputs.push_back({path, false, ""});
    source.clear();
  };
  auto place = [&](const OutputPlace& p) {
    add_input(edge, p);
    const Edge& maker = out_.plan.at(p.edge);
    std::string path = maker.directory + (p.path.empty() ? "" : "/" + p.path);
    while (path.ends_with('/')) path.pop_back();
    out.real += path;
    out.identity += "<" + maker.identity + "/" + p.path + ">";
  };
  walk(text,
       [&](std::string_view plain) {
         if (!source.empty()) {
           size_t n = path_end(plain);
           end_source(plain.substr(0, n));
           plain.remove_prefix(n);
         }
         out.real += plain;
         out.identity += plain;
       },
       [&](const Reference& r) {
         if (!source.empty()) end_source("");
         switch (r.kind) {
           case Reference::Kind::kSource:
             source = r.fields[0];
             source_name = r.fields[1];
             break;
           case Reference::Kind::kTool:
             out.real += r.fields[0];
             out.identity += "<tool " + r.fields[1] + " " + r.fields[2] + ">";
             break;
           case Reference::Kind::kEdge:
             place({static_cast<EdgeId>(std::stoul(r.fields[0])), r.fields[1]});
             break;
           case Reference::Kind::kLate: {
             Expanded file = settle(s, r.fields[0], edge);
             out.real += "${late:" + file.real + "#" + r.fields[1] + "}";
             out.identity += "<late " + file.identity + "#" + r.fields[1] + ">";
             break;
           }
           case Reference::Kind::kArtifact: {
             auto it = outputs_.find({r.fields[0], r.fields[1].substr(r.fields[1].find('/') + 1), r.fields[3], r.fields[2]});
             if (it == outputs_.end() && sink_.errors() != 0) break;  // its step was refused
             if (it == outputs_.end() || it->second.size() != 1) {
               if (unlocked_.count({r.fields[0], r.fields[1].substr(r.fields[1].find('/') + 1)})) break;
               sink_.error("unknown-output", s.step.step->span, "step " + r.fields[1] + " has no single output '" + r.fields[2] + "'")
                   .with_help("its rule lists its outputs");
               break;
             }
             place(it->second.front());
             break;
           }
         }
       });
  if (!source.empty()) end_source("");
  return out;
}

std::string StepPlanner::edge_name(const Scope& s, const RuleEdge& e) const {
  std::string name = s.instance.recipe->id.value + "/" + s.step.step->id.value;
  if (s.rule.edges.size() > 1) name += "/" + e.id.value;
  if (s.in_item) name += "." + std::filesystem::path(s.item_text).stem().string();
  if (!s.shard.empty()) name += "." + s.shard;
  return name;
}

EdgeId StepPlanner::add_edge(Edge edge, const std::string& identity) {
  if (auto it = by_identity_.find(identity); it != by_identity_.end()) return it->second;
  auto id = static_cast<EdgeId>(out_.plan.edges.size());
  int count = ++names_[edge.name];
  if (count > 1) edge.name += ":" + std::to_string(count);
  out_.plan.edges.push_back(std::move(edge));
  return by_identity_[identity] = id;
}

// Reruns are counted for exactly this measurement, so a changed flag begins anew and going back finds its count.
void StepPlanner::number_attempt(Edge& edge) const {
  edge.attempt_key = edge.name + "@" + edge.identity.substr(0, 12);
  auto attempt = settings_.attempts.find(edge.attempt_key);
  if (attempt == settings_.attempts.end() || attempt->second == 0) return;
  std::string number = std::to_string(attempt->second);
  edge.identity = sha256(edge.identity + " attempt " + number);
  edge.parts.emplace_back("attempt", number);
}

void StepPlanner::plan_edge(Scope& s, const RuleEdge& e) {
  Edge edge;
  edge.name = edge_name(s, e);
  edge.about = e.about.empty() ? s.rule.about : e.about;
  edge.mode = s.rule.mode;
  edge.target = s.step.target;
  edge.step = s.step.step->span;
  Sha256 identity;
  identity.field("mlpgen identity 1");
  auto add = [&](const char* what, std::string text) {
    identity.field(text);
    edge.parts.emplace_back(what, std::move(text));
  };
  add("rule", sha256(library_.sources().text(s.rule.source)));
  add("edge", e.id.value);
  for (const std::string& w : argv_words(s, e)) {
    Expanded x = settle(s, w, edge);
    edge.argv.push_back(x.real);
    add("word", x.identity);
  }
  identity.field("env");
  for (const EnvEntry& entry : e.env) {
    std::vector<std::string> words;
    for (const Text& t : entry.values)
      for (std::string& w : template_words(s, t)) words.push_back(std::move(w));
    Expanded x = settle(s, join(words, ":"), edge);
    edge.env.emplace_back(entry.key.value, x.real);
    add("env", entry.key.value + "=" + x.identity);
  }
  identity.field("after");
  for (const Text& t : e.after)
    if (auto it = s.params.find(t.value); it != s.params.end()) {
      for (const std::string& item : it->second.items) identity.field(settle(s, item, edge).identity);
    } else {
      sink_.error("unknown-parameter", t.span, "rule " + s.rule.name.value + " has no parameter '" + t.value + "'").with_help("declare it under `params`");
    }
  for (const Key& k : s.instance.recipe->keys)
    if (k.type == KeyType::kSecret) edge.secrets.push_back(k.name.value);
  for (const Text& t : e.pass_env) edge.pass_env.push_back(t.value);
  identity.field("outputs");
  for (const auto& [name, path] : e.outputs) {
    std::string where = settle(s, template_words(s, path).front(), edge).real;
    edge.outputs.push_back(where);
    add("output", where);
  }
  if (edge.mode == "measure") add("machine", settings_.machine);
  edge.identity = identity.hex();
  if (edge.mode == "measure") number_attempt(edge);
  edge.directory = "out/" + s.instance.recipe->id.value + "/" + edge.identity.substr(0, 12);
  for (const auto& [name, output] : s.step.links) {
    if (output == "dir" && &e == &s.rule.edges.back()) edge.links.emplace_back(name, "");
    for (size_t i = 0; i < e.outputs.size(); ++i)
      if (e.outputs[i].first.value == output) edge.links.emplace_back(name, edge.outputs[i]);
  }
  std::vector<std::pair<std::string, std::string>> links = edge.links;
  std::string key = edge.identity, target = edge.target;
  Span at = edge.step;
  std::vector<std::string> outputs = edge.outputs;
  EdgeId id = add_edge(std::move(edge), key);
  if (out_.plan.edges[static_cast<uint32_t>(id)].target.empty()) out_.plan.edges[static_cast<uint32_t>(id)].target = target;
  for (const auto& [name, to] : links) {
    auto [it, first] = links_.emplace(name, id);
    if (!first && it->second != id)
      sink_.error("duplicate-output", at, "two edges make '" + name + "'")
          .note(out_.plan.at(it->second).step, "the other one")
          .with_help("give one of them another name under `links`");
  }
  edges_of_[{s.instance.id, s.step.step->id.value}].push_back(id);
  std::string instance = std::to_string(static_cast<uint32_t>(s.instance.id));
  for (size_t i = 0; i < outputs.size(); ++i) {
    OutputPlace p{id, outputs[i]};
    for (size_t j = 0; j < i; ++j)
      if (outputs[j] == outputs[i])
        sink_.error("duplicate-output", e.outputs[i].first.span, "two outputs are the same file: " + outputs[i]).with_help("give each its own name");
    s.earlier[e.id.value + "." + e.outputs[i].first.value].push_back(p);
    outputs_[{instance, s.step.step->id.value, s.shard, e.outputs[i].first.value}].push_back(p);
  }
  outputs_[{instance, s.step.step->id.value, s.shard, ""}] = {{id, ""}};
}

}  // namespace mlpgen
