// The root call of a request.
#include "resolve/root.h"

#include <algorithm>
#include <filesystem>

#include "file/file.h"
#include "recipe/condition.h"
#include "resolve/deps.h"
#include "resolve/variation/combinations.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string absolute(const std::string& path, const std::string& directory) {
  return (std::filesystem::path(directory) / path).lexically_normal().string();
}

// A file names a flag without the dashes that a command line has.
const Flag* find_flag(const Recipe& recipe, const Text& name, bool typed, Sink& sink) {
  if (const Flag* f = recipe.find_flag(flag_name(name.value))) return f;
  const std::string dashes = typed ? "--" : "";
  std::vector<std::string> known;
  for (const Flag& f : recipe.flags) known.push_back(dashes + f.name.value);
  std::string near = did_you_mean(dashes + flag_name(name.value), known);
  sink.error("unknown-flag", name.span, recipe.id.value + " has no flag --" + name.value)
      .with_help(near.empty() ? "`mlpgen help " + recipe.id.value + "` lists its flags" : near);
  return nullptr;
}

void check_choice(const Flag& flag, const std::string& value, Span at, Sink& sink) {
  if (flag.choices.empty() || value.empty()) return;
  if (std::find(flag.choices.begin(), flag.choices.end(), value) != flag.choices.end()) return;
  std::string near = did_you_mean(value, flag.choices);
  sink.error("wrong-value", at, "--" + flag.name.value + " has no choice '" + value + "'")
      .note(flag.name.span, "its choices are declared here")
      .with_help((near.empty() ? "" : near + " ") + "choices: " + join(flag.choices, ", "));
}

// Whether some dep of the recipe is called once for each value of the key.
bool may_have_several(const Recipe& recipe, const std::string& key) {
  auto loops = [&](const Dep& d) {
    return std::any_of(d.foreach_keys.begin(), d.foreach_keys.end(),
                       [&](const Text& t) { return t.value == key; });
  };
  auto any = [&](const std::vector<Dep>& deps) {
    return std::any_of(deps.begin(), deps.end(), loops);
  };
  return any(recipe.deps) || std::any_of(recipe.variations.begin(), recipe.variations.end(),
                                         [&](const Variation& v) { return any(v.deps); });
}

// A choice by its own name.
std::string choice_of(const Flag& flag, const std::string& word) {
  for (const auto& [alias, choice] : flag.aliases)
    if (alias.value == word) return choice.value;
  return word;
}

// `Offline,SingleStream` for a key that may have several values becomes a list.
Value split_value(const Recipe& recipe, const std::string& key, const std::string& text,
                  const std::vector<std::string>& choices) {
  if (text.find(',') == std::string::npos || !may_have_several(recipe, key))
    return Value::text(text);
  std::vector<std::string> items = several_values(text, choices);
  return Value::of({items.begin(), items.end()});
}

Value split_value(const Recipe& recipe, const Flag& flag, const std::string& text) {
  std::vector<std::string> words;
  // The whole word first: `edge,datacenter` is one choice.
  for (const std::string& word : split(choice_of(flag, text), ','))
    words.push_back(choice_of(flag, word));
  return split_value(recipe, flag.key.value, join(words, ","), flag.choices);
}

// A flag of a list key may be repeated: each adds an item, at the place of the first.
void add_item(Call& call, const Flag& flag, Setter item) {
  item.value.is_list = true;
  auto [at, first] = call.handed.emplace(flag.key.value, item);
  if (first) return;
  std::vector<Template>& items = at->second.value.items;
  items.insert(items.end(), item.value.items.begin(), item.value.items.end());
}

// acme of --system=acme.json, where no flag says another name.
void add_stem(Call& call, const Flag& flag, const Text& file, Rank rank) {
  if (flag.stem.value.empty()) return;
  auto said = call.handed.find(flag.stem.value);
  if (said != call.handed.end() && said->second.rank == Rank::kFlag) return;
  std::string stem = std::filesystem::path(file.value).stem().string();
  call.handed[flag.stem.value] = {rank, 0, file.span, "file of --" + flag.name.value,
                                  Value::text(stem)};
}

void add_flags(Call& call, const std::vector<std::pair<Text, Text>>& flags, Rank rank,
               const std::string& whose, const std::string& directory, Sink& sink) {
  std::map<std::string, std::pair<const Text*, Value>> set_by;
  for (const auto& [name, value] : flags) {
    std::optional<GivenFlag> known =
        given_flag(*call.recipe, name, value, rank == Rank::kFlag, sink);
    if (!known) continue;
    auto& [f, given] = *known;
    bool is_list = f->key.value.starts_with('+');
    auto [it, first] = set_by.emplace(f->key.value, std::pair(&name, given));
    if (!first && !is_list && !(it->second.second == given))
      sink.error("flag-conflict", name.span,
                 "--" + name.value + " and --" + it->second.first->value + " set '" + f->key.value +
                     "' to different values")
          .note(it->second.first->span, "the other flag")
          .with_help("drop one of them");
    bool is_path = f->type == KeyType::kPath && !value.value.empty();
    Result<PathKind> there = is_path ? look_at(absolute(value.value, directory)) : PathKind::kOther;
    if (!there) {
      sink.error("unreadable-file", value.span, there.error().message)
          .with_help(there.error().help);
      continue;
    }
    if (std::string fault =
            is_path ? input_fault(absolute(value.value, directory), value.value) : "";
        !fault.empty()) {
      sink.error("no-such-path", value.span, fault)
          .with_help("check the spelling, or make it first");
      continue;
    }
    if (is_path)
      given = Value::of(SourceFile{absolute(value.value, directory),
                                   f->key.value,
                                   {}});  // no identity has the machine's path
    if (is_list) {
      add_item(call, *f, {rank, 0, value.span, whose + "--" + f->name.value, std::move(given)});
      continue;
    }
    call.handed[f->key.value] = {rank, 0, value.span, whose + "--" + f->name.value,
                                 std::move(given)};
    if (is_path) add_stem(call, *f, value, rank);
  }
}

void add_env_words(Call& call, const EnvMap& env, Sink& sink) {
  for (const EnvEntry& e : env) {
    const std::string& key = e.key.value;
    Value given = e.is_list ? Value{true, {e.values.front().value}}
                            : split_value(*call.recipe, key, e.values.front().value, {});
    auto before = call.handed.find(key);
    if (before != call.handed.end() && before->second.rank == Rank::kEnvWord) {
      if (e.is_list)
        before->second.value.items.push_back(given.items.front());
      else if (!(before->second.value == given))
        sink.error("flag-conflict", e.key.span,
                   "--env." + key + " is given twice, with different values")
            .note(before->second.span, "the other one")
            .with_help("drop one of them");
      continue;
    }
    call.handed[key] = {Rank::kEnvWord, 0, e.key.span, "--env." + key, std::move(given)};
  }
}

// What a preset says beats what it inherits; `strength` counts up to 0 through all of them.
void add_preset(Call& call, const Preset& preset, Library& library, Sink& sink, int& strength,
                int depth = 0) {
  if (depth > 16) {
    sink.error("preset-cycle", preset.name.span,
               "preset '" + preset.name.value + "' inherits itself")
        .with_help("break the circle of `inherits`");
    return;
  }
  for (const Text& base : preset.inherits)
    if (const Preset* p = library.preset(base))
      add_preset(call, *p, library, sink, strength, depth + 1);
  ++strength;
  std::string who = "preset " + preset.name.value + ": ";
  add_flags(call, preset.flags, Rank::kPreset, who, preset.directory, sink);
  for (const EnvEntry& e : preset.env)
    call.handed[e.key.value] = {Rank::kPreset, 0, e.key.span, who + "env",
                                Value{e.is_list, {e.values.front().value}}};
  for (const Text& v : preset.variations) call.words.push_back({v, Choice::kInherited, strength});
  for (const Override& o : preset.overrides) call.overrides.push_back(&o);
}

const Recipe* root_recipe(Library& library, const Request& request,
                          const std::vector<const Preset*>& presets, Sink& sink) {
  if (!request.root.tags.empty())
    return select_recipe(request.root, request.root_span, "", library, sink);
  for (const Preset* p : presets)
    if (p->recipe)
      return select_recipe({{*p->recipe}, {}, {}, {}}, p->recipe->span, "", library, sink);
  return select_recipe({{{kDefaultRoot, request.root_span}}, {}, {}, {}}, request.root_span, "",
                       library, sink);
}

// `--model retinanet`: without the word behind it, is that flag one of the recipe that the request
// names?
void check_loose(Library& library, const Request& request,
                 const std::vector<const Preset*>& presets, Sink& sink) {
  for (const auto& [name, word] : request.loose) {
    TagQuery rest = request.root;
    auto in_word = [&w = word](const Text& t) {
      return t.span.offset >= w.span.offset && t.span.offset < w.span.offset + w.span.length;
    };
    std::erase_if(rest.tags, in_word);
    std::string id = kDefaultRoot;
    for (const Preset* p : presets)
      if (p->recipe) id = p->recipe->value;
    std::vector<std::string> ids = rest.tags.empty() ? std::vector{id} : library.select(rest);
    const Recipe* recipe = ids.size() == 1 ? library.recipe(ids.front()) : nullptr;
    const Flag* flag = recipe ? recipe->find_flag(flag_name(name.value)) : nullptr;
    if ((flag && flag->type != KeyType::kBool) || name.value.starts_with("env."))
      sink.error("missing-value", name.span,
                 "--" + name.value + " has no value, and '" + word.value +
                     "' behind it is a word of its own")
          .with_help("write --" + name.value + "=" + word.value);
  }
}

}  // namespace

std::string flag_name(std::string name) { return replace_all(std::move(name), "-", "_"); }

std::optional<GivenFlag> given_flag(const Recipe& recipe, const Text& name, const Text& value,
                                    bool typed, Sink& sink) {
  const Flag* f = find_flag(recipe, name, typed, sink);
  if (!f) return std::nullopt;
  bool alone = value.span.source == name.span.source &&
               value.span.offset < name.span.offset;  // there is no '='
  if (alone && f->type != KeyType::kBool) {
    sink.error("missing-value", name.span, "--" + name.value + " needs a value")
        .with_help("write --" + name.value + "=" +
                   (f->choices.empty() ? "VALUE" : join(f->choices, "|")));
    return std::nullopt;
  }
  GivenFlag given{f, split_value(recipe, *f, value.value)};
  size_t errors = sink.errors();
  for (const std::string& item : readable(given.value.items))
    check_choice(*f, item, value.span, sink);
  return sink.errors() == errors ? std::optional(std::move(given)) : std::nullopt;
}

std::optional<RootCall> make_root(Library& library, const Request& request, Sink& sink) {
  size_t errors = sink.errors();
  std::vector<const Preset*> presets;
  for (const Text& name : request.presets)
    if (const Preset* p = library.preset(name)) presets.push_back(p);
  check_loose(library, request, presets, sink);
  if (sink.errors() != errors) return std::nullopt;
  RootCall root;
  Call& call = root.call;
  call.recipe = root_recipe(library, request, presets, sink);
  if (!call.recipe) return std::nullopt;
  call.asked_at = request.root_span;
  int strength = -1000;  // below every word of the user's own
  for (const Preset* p : presets) add_preset(call, *p, library, sink, strength);
  for (const Text& v : request.root.variations) call.words.push_back({v, Choice::kAsked, 0});
  call.excluded = request.root.excluded;
  call.version = request.version;
  add_flags(call, request.flags, Rank::kFlag, "flag ", request.directory, sink);
  add_env_words(call, request.env, sink);
  for (const Override& o : request.overrides) call.overrides.push_back(&o);
  add_selected(*call.recipe, call.handed, call.words);
  if (sink.errors() != errors) return std::nullopt;
  return root;
}

Lookup lookup_in(const Instance& instance) {
  return [&instance](const std::string& key) -> std::optional<std::string> {
    auto it = instance.env.find(key);
    return it == instance.env.end() ? std::nullopt : std::optional(readable(it->second.value));
  };
}

bool is_default_target(const Target& t, const Instance& root) {
  bool asked = std::find(root.variations.begin(), root.variations.end(), t.variation.value) !=
               root.variations.end();
  bool chosen = t.by_default.value_or(asked);
  if (chosen || t.default_if.empty()) return chosen;
  return evaluate(t.default_if, lookup_in(root)).enabled;
}

Call with_variation(Call call, const Text& variation) {
  if (variation.value.empty()) return call;
  call.words.push_back({variation, Choice::kInherited, 1, "chosen by the target"});
  return call;
}

void check_handles(const std::vector<Override>& overrides, const std::map<std::string, bool>& known,
                   Sink& sink) {
  std::vector<std::string> names;
  for (const auto& [name, seen] : known) names.push_back(name);
  for (const Override& o : overrides) {
    if (known.count(o.handle.value)) continue;
    std::string near = did_you_mean(o.handle.value, names);
    sink.error("unknown-handle", o.handle.span,
               "no dep of this request has the name '" + o.handle.value + "'")
        .with_help(near.empty() ? "names here: " + join(names, ", ") : near);
  }
}

}  // namespace mlpgen
