// The env of one instance.
#include "resolve/frame/frame.h"

#include <algorithm>
#include <iterator>

#include "recipe/condition.h"
#include "resolve/frame/check_step.h"
#include "text/text.h"

namespace mlpgen {
namespace {

Value value_of(const EnvEntry& e) { return {e.is_list, templates_of(e.values)}; }

// An export of a dep, or of the round, declares its key.
bool declares_key(const Setter& s) {
  return s.rank == Rank::kDepExport || s.rank == Rank::kRecipeEnv;
}

}  // namespace

Frame::Frame(const Call& call, Surroundings& around, Sink& sink)
    : call_(call), number_(around.uses.add_frame()), around_(around), sink_(sink) {
  const Recipe& r = *call.recipe;
  active_ = choose_variations(r, call.words, call.excluded, sink);
  set_all(r.default_env, Rank::kDefaultEnv, "default of " + r.id.value);
  for (const Flag& f : r.flags)
    if (!f.selects.value.empty()) note_read(f.key.value);
  for (const Flag& f : r.flags)
    if (f.default_value)
      set(f.key.value, {Rank::kDefaultEnv, 0, f.default_value->span, "default of --" + f.name.value,
                        Value::text(f.default_value->parts)});
  set_all(r.env, Rank::kRecipeEnv, "recipe " + r.id.value);
  for (const ActiveVariation& a : active_) {
    Rank rank = !a.variation->parts.empty()    ? Rank::kCombined
                : a.choice == Choice::kDefault ? Rank::kDefaultVariation
                                               : Rank::kVariation;
    set_all(a.variation->default_env, Rank::kDefaultEnv, "default of variation _" + a.name);
    set_all(a.variation->env, rank, "variation _" + a.name);
  }
  for (const auto& [key, setter] : call.handed) set(key, setter);
  take_files();
  choose_version();
  check_two_values();
  pass_warnings_on();
}

void Frame::set_all(const EnvMap& env, Rank rank, const std::string& who) {
  for (const EnvEntry& e : env) set(e.key.value, {rank, 0, e.key.span, who, value_of(e)});
}

void Frame::set(const std::string& key, Setter setter) {
  if (setter.rank != Rank::kDepExport) setter.order = ++next_order_;
  auto& all = setters_[key];
  auto weaker = [&](const Setter& s) {
    return std::pair(s.rank, s.order) <= std::pair(setter.rank, setter.order);
  };
  all.insert(std::find_if(all.begin(), all.end(), weaker), std::move(setter));
  known_.clear();
}

void Frame::add_exports(const std::map<std::string, Value>& exports, const std::string& id, Span at,
                        int order) {
  for (const auto& [key, value] : exports)
    set(key, {Rank::kDepExport, order, at, "export of " + id, value});
}

void Frame::narrow(std::map<std::string, Template> values) {
  narrow_ = std::move(values);
  known_.clear();
}

void Frame::widen(const std::string& key, std::vector<Template> items) {
  Setter s = *winner(key);
  s.value = {true, std::move(items)};
  set(key, std::move(s));
}

void Frame::set_round(const std::string& key, Template value, Span at) {
  set(key, {Rank::kRecipeEnv, 0, at, "round", Value::text(std::move(value))});
}

const Setter* Frame::winner(const std::string& key) const {
  auto it = setters_.find(key);
  return it == setters_.end() ? nullptr : &it->second.front();
}

std::optional<Value> Frame::get(const std::string& key) {
  if (auto it = narrow_.find(key); it != narrow_.end()) return Value::text(it->second);
  if (auto it = known_.find(key); it != known_.end()) return it->second;
  auto found = setters_.find(key);
  if (found == setters_.end()) return std::nullopt;
  const Setter& first = found->second.front();
  if (!in_progress_.insert(key).second) {
    sink_.error("env-cycle", first.span, "'" + key + "' refers to itself")
        .with_help("break the circle of ${...} references");
    return Value::text("");
  }
  if (!is_near(key, first.span)) return Value::text("");
  Value value;
  Reading reading(*this, key);
  if (key.starts_with('+')) {
    value.is_list = true;  // every setter adds, own ones first, deps in their order
    std::unordered_set<std::string> taken;
    for (auto s = found->second.rbegin(); s != found->second.rend(); ++s)
      for (Template& item : expand_value(*s, InstanceId::kNone).items)
        if (taken.insert(exact(item)).second) value.items.push_back(std::move(item));
  } else {
    value = expand_value(first, InstanceId::kNone);
  }
  in_progress_.erase(key);
  known_[key] = value;
  return value;
}

std::optional<std::string> Frame::text_of(const std::string& key) {
  note_read(key);
  std::optional<Value> v = get(key);
  if (!v) return std::nullopt;
  return readable(*v);
}

std::set<std::string> Frame::external_needs(const std::vector<std::string>& names) const {
  std::set<std::string> needs, seen;
  std::vector<std::string> todo = names;
  while (!todo.empty()) {
    std::string name = todo.back();
    todo.pop_back();
    if (!seen.insert(name).second) continue;
    const Setter* w = winner(name);
    if (!w || w->rank <= Rank::kDepExport || name.starts_with('+')) needs.insert(name);
    if (w)
      for (const Template& item : w->value.items)
        for (std::string& n : names_in(item)) todo.push_back(std::move(n));
  }
  return needs;
}

Value Frame::expand_value(const Setter& s, InstanceId self) {
  if (std::none_of(s.value.items.begin(), s.value.items.end(), has_names)) return s.value;
  Value out;
  out.is_list = s.value.is_list;
  size_t size = 0;
  for (const Template& item : s.value.items) {
    Value parts{true, expand_text(item, s.span, self)};
    if (!has_room(size, parts, s.span)) break;
    std::move(parts.items.begin(), parts.items.end(), std::back_inserter(out.items));
  }
  if (out.items.empty() && !s.value.is_list) out.items = {Template()};
  if (out.items.size() != 1) out.is_list = true;
  return out;
}

std::optional<Value> Frame::lookup(const TemplateName& name, Span at, InstanceId self) {
  if (!name.factors.empty()) return calculate(name, at, self);
  if (name.kind == TemplateName::Kind::kLock) {
    std::optional<std::string> version =
        around_.locked ? around_.locked(name.package) : std::nullopt;
    return version ? std::optional(Value::text(*version)) : std::nullopt;
  }
  if (name.kind == TemplateName::Kind::kValue) return lookup(name.text, self);
  std::vector<Template> file = expand_text(name.file, call_.recipe->id.span, self);
  return Value::of(
      LateValue{std::make_shared<const Template>(std::move(file.front())), name.pointer});
}

std::optional<Value> Frame::lookup(const std::string& name, InstanceId self) {
  if (name == "version")
    return version_.empty() ? std::nullopt : std::optional(Value::text(version_));
  if (name == "recipe")
    return Value::of(SourceFile{call_.recipe->directory, call_.recipe->id.value, {}});
  if (name == "defaults") return default_values();
  if (name == "home") return Value::of(SourceFile{around_.home, "mlpgen", {}});
  note_read(name);
  if (std::optional<Value> v = get(name)) return v;
  size_t dot = name.find('.');
  return dot == std::string::npos ? std::nullopt
                                  : member(name.substr(0, dot), name.substr(dot + 1), self);
}

std::optional<Value> Frame::member(const std::string& first, const std::string& rest,
                                   InstanceId self) {
  if (first == "host") {
    auto it = around_.host.facts().find(rest);
    return it == around_.host.facts().end() ? std::nullopt : std::optional(Value::text(it->second));
  }
  if (auto it = tools_.find(first); it != tools_.end()) {
    if (rest == "version") return Value::text(it->second.version);
    if (rest == "path")
      return Value::of(ToolPath{it->second.path, it->second.version, it->second.digest});
    return std::nullopt;
  }
  if (self == InstanceId::kNone) return std::nullopt;
  auto find_step = [&](const std::vector<RecipeStep>& steps) -> const RecipeStep* {
    for (const RecipeStep& s : steps)
      if (s.id.value == first) return &s;
    return nullptr;
  };
  const RecipeStep* step = find_step(call_.recipe->steps);
  for (const ActiveVariation& a : active_)
    if (const RecipeStep* s = find_step(a.variation->steps)) step = s;
  if (!step || !decide(by_types(step->when, *this)).enabled) return std::nullopt;
  note_read("step " + first);
  StepOutput output{self, call_.recipe->id.value + "/" + first, rest == "dir" ? "" : rest};
  if (step->shards.value.empty()) return Value::of(output);
  Value all{true, {}};
  int count = shard_count(*step, self);
  for (output.shard = 0; output.shard < count; ++output.shard) all.items.emplace_back(Part(output));
  return all;
}

int Frame::shard_count(const RecipeStep& step, InstanceId self) {
  std::string text = readable(Value{true, expand_text(step.shards, self)});
  return check_shards(text, step.shards.span, quiet_ ? nullptr : &sink_);
}

std::vector<Template> Frame::expand_text(const Template& text, Span at, InstanceId self) {
  size_t size = 0;
  auto report = [&](const TemplateName& name) {
    if (quiet_) return;
    auto [why, help] = why_unset(name.text, self);
    sink_
        .error("unset-key", at,
               "'" + name.text + "' has no value in " + call_.recipe->id.value + why)
        .with_help(help);
  };
  auto value = [&](const TemplateName& name) {
    std::optional<Value> found = lookup(name, at, self);
    if (!found && name.otherwise && names_nothing(name)) report(name);
    return found && !has_room(size, *found, at) ? std::optional(Value::text("")) : found;
  };
  return expand(text, value, report);
}

std::map<std::string, Binding> Frame::bindings() {
  std::map<std::string, Binding> all;
  for (const auto& [key, setters] : setters_) {
    std::optional<Value> v = get(key);
    if (!v) continue;
    all[key] = {key, *v, setters.front(), {setters.begin() + 1, setters.end()}};
  }
  return all;
}

std::vector<std::string> Frame::known_keys(std::string_view glob) const {
  std::vector<std::string> keys;
  for (const auto& [key, all] : setters_)
    if (matches_glob(glob, key) && key.starts_with('+') == glob.starts_with('+'))
      keys.push_back(key);
  return keys;
}

bool Frame::declares(const std::string& key) const {
  return setters_.count(key) != 0 || own_keys().count(key) != 0 || (by_deps_ && by_deps_(key));
}

KeyType Frame::type_of(const std::string& key) const {
  for (const Key& k : call_.recipe->keys)
    if (k.name.value == key) return k.type;
  for (const Flag& f : call_.recipe->flags)
    if (f.key.value == key) return f.type;
  return KeyType::kString;
}

const std::unordered_set<std::string_view>& Frame::own_keys() const {
  if (!own_keys_.empty()) return own_keys_;
  const Recipe& r = *call_.recipe;
  auto add = [&](const EnvMap& env) {
    for (const EnvEntry& e : env) own_keys_.insert(e.key.value);
  };
  add(r.default_env);
  add(r.env);
  for (const Text& t : r.inherits) own_keys_.insert(t.value);
  for (const Key& k : r.keys) {
    own_keys_.insert(k.name.value);
    for (const auto& [entry, key] : k.sets) own_keys_.insert(key.value);
  }
  for (const Flag& f : r.flags) own_keys_.insert(f.key.value);
  for (const Version& v : r.versions) add(v.env);
  for (const Variation& v : r.variations) {
    add(v.env);
    add(v.default_env);
  }
  return own_keys_;
}

bool Frame::is_declared(const std::string& key) const {
  if (own_keys().count(key)) return true;
  auto it = setters_.find(key);
  return it != setters_.end() && std::any_of(it->second.begin(), it->second.end(), declares_key);
}

std::vector<std::string> Frame::declared() const {
  std::vector<std::string> all(own_keys().begin(), own_keys().end());
  for (const auto& [key, setters] : setters_)
    if (std::any_of(setters.begin(), setters.end(), declares_key)) all.push_back(key);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace mlpgen
