// The root call of a request.
#include "resolve/root.h"

#include <algorithm>
#include <filesystem>

#include "base/closest.h"
#include "base/text.h"
#include "resolve/deps.h"

namespace mlpgen {
namespace {

std::string flag_name(std::string name) { return replace_all(std::move(name), "-", "_"); }

std::string absolute(const std::string& path, const std::string& directory) {
  return (std::filesystem::path(directory) / path).lexically_normal().string();
}

// A path that a user wrote, seen from where they typed it, as a reference that keeps the machine out of identities.
std::string user_path(const std::string& text, const std::string& directory, const std::string& key) {
  return encode({Reference::Kind::kSource, {absolute(text, directory), key}});
}

const Flag* find_flag(const Recipe& recipe, const Text& name, Sink& sink) {
  if (const Flag* f = recipe.find_flag(flag_name(name.value))) return f;
  std::vector<std::string> known;
  for (const Flag& f : recipe.flags) known.push_back(f.name.value);
  std::string near = did_you_mean(flag_name(name.value), known);
  sink.error("unknown-flag", name.span, recipe.id.value + " has no flag --" + name.value)
      .with_help(near.empty() ? "`mlpgen help " + recipe.id.value + "` lists its flags" : near);
  return nullptr;
}

bool choice_known(const Flag& flag, const Text& value, Sink& sink) {
  if (flag.choices.empty() || value.value.empty()) return true;
  if (std::find(flag.choices.begin(), flag.choices.end(), value.value) != flag.choices.end()) return true;
  std::string near = did_you_mean(value.value, flag.choices);
  sink.error("wrong-value", value.span, "--" + flag.name.value + " has no choice '" + value.value + "'")
      .note(flag.name.span, "its choices are declared here")
      .with_help((near.empty() ? "" : near + " ") + "choices: " + join(flag.choices, ", "));
  return false;
}

void add_flags(Call& call, const std::vector<std::pair<Text, Text>>& flags, Rank rank, const std::string& whose, const std::string& directory, Sink& sink) {
  std::map<std::string, std::pair<const Text*, std::string>> set_by;
  for (const auto& [name, value] : flags) {
    const Flag* f = find_flag(*call.recipe, name, sink);
    if (!f || !choice_known(*f, value, sink)) continue;
    auto [it, first] = set_by.emplace(f->key.value, std::pair(&name, value.value));
    if (!first && it->second.second != value.value)
      sink.error("flag-conflict", name.span, "--" + name.value + " and --" + it->second.first->value + " set '" + f->key.value + "' to different values")
          .note(it->second.first->span, "the other flag")
          .with_help("drop one of them");
    bool is_path = f->type == KeyType::kPath && !value.value.empty();
    if (is_path && !std::filesystem::exists(absolute(value.value, directory))) {
      sink.error("no-such-path", value.span, "there is no " + value.value).with_help("check the spelling, or make it first");
      continue;
    }
    std::string text = is_path ? user_path(value.value, directory, f->key.value) : value.value;
    call.handed[f->key.value] = {rank, 0, value.span, whose + "--" + f->name.value, Value::text(text)};
  }
}

void add_preset(Call& call, const Preset& preset, Library& library, Sink& sink, int depth = 0) {
  if (depth > 16) {
    sink.error("preset-cycle", preset.name.span, "preset '" + preset.name.value + "' inherits itself").with_help("break the circle of `inherits`");
    return;
  }
  for (const Text& base : preset.inherits)
    if (const Preset* p = library.preset(base)) add_preset(call, *p, library, sink, depth + 1);
  std::string who = "preset " + preset.name.value + ": ";
  add_flags(call, preset.flags, Rank::kPreset, who, library.root(), sink);
  for (const EnvEntry& e : preset.env)
    call.handed[e.key.value] = {Rank::kPreset, 0, e.key.span, who + "env", Value{e.is_list, {e.values.front().value}}};
  for (const Text& v : preset.variations) call.words.push_back({v, Choice::kInherited, 0});
  for (const Override& o : preset.overrides) call.overrides.push_back(&o);
}

const Recipe* root_recipe(Library& library, const Request& request, const std::vector<const Preset*>& presets, Sink& sink) {
  if (!request.root.tags.empty()) return select_recipe(request.root, request.root_span, "", library, sink);
  for (const Preset* p : presets)
    if (p->recipe) return select_recipe({{*p->recipe}, {}, {}, {}}, p->recipe->span, "", library, sink);
  return select_recipe({{{kDefaultRoot, request.root_span}}, {}, {}, {}}, request.root_span, "", library, sink);
}

}  // namespace

std::optional<RootCall> make_root(Library& library, const Request& request, Sink& sink) {
  size_t errors = sink.errors();
  std::vector<const Preset*> presets;
  for (const Text& name : request.presets)
    if (const Preset* p = library.preset(name)) presets.push_back(p);
  if (sink.errors() != errors) return std::nullopt;
  RootCall root;
  Call& call = root.call;
  call.recipe = root_recipe(library, request, presets, sink);
  if (!call.recipe) return std::nullopt;
  call.asked_at = request.root_span;
  for (const Preset* p : presets) add_preset(call, *p, library, sink);
  for (const Text& v : request.root.variations) call.words.push_back({v, Choice::kAsked, 0});
  call.excluded = request.root.excluded;
  add_flags(call, request.flags, Rank::kFlag, "flag ", request.directory, sink);
  for (const EnvEntry& e : request.env)
    call.handed[e.key.value] = {Rank::kEnvWord, 0, e.key.span, "--env." + e.key.value, Value{e.is_list, {e.values.front().value}}};
  for (const Override& o : request.overrides) call.overrides.push_back(&o);
  add_selected(*call.recipe, call.handed, call.words);
  if (sink.errors() != errors) return std::nullopt;
  return root;
}

Call with_variation(Call call, const Text& variation) {
  if (variation.value.empty()) return call;
  call.words.push_back({variation, Choice::kAsked, 1});
  return call;
}

void check_handles(const std::vector<Override>& overrides, const std::map<std::string, bool>& known, Sink& sink) {
  std::vector<std::string> names;
  for (const auto& [name, seen] : known) names.push_back(name);
  for (const Override& o : overrides) {
    if (known.count(o.handle.value)) continue;
    std::string near = did_you_mean(o.handle.value, names);
    sink.error("unknown-handle", o.handle.span, "no dep of this request has the name '" + o.handle.value + "'")
        .with_help(near.empty() ? "names here: " + join(names, ", ") : near);
  }
}

}  // namespace mlpgen
