// Flags of the root recipe, and the keys through which it takes part in a round.
#include "command/request/chosen.h"

#include <optional>

#include "text/text.h"

namespace mlpgen {
namespace {

constexpr const char* kNames[] = {"model",     "scenario",       "round",   "division",
                                  "category",  "implementation", "backend", "device",
                                  "precision", "run length"};

// The env key that holds a choice; "" where the recipe has none.
std::string key_of(const Recipe& recipe, const std::string& name) {
  if (name == "round") return recipe.round ? recipe.round->round.value : "";
  const Flag* flag = recipe.find_flag(name == "run length" ? "execution_mode" : name);
  return flag ? flag->key.value : "";
}

std::string text_of(const Value& value) {
  std::vector<std::string> items;
  for (const Template& item : value.items) items.push_back(readable(item));
  return join(items, ",");
}

// Of the root; where it leaves the choice to what it uses, the one value that these have.
std::optional<Choice> find_choice(const Resolution& r, const Instance& root,
                                  const std::string& key) {
  std::optional<Choice> found;
  auto look = [&](const Instance& i) {
    auto b = i.env.find(key);
    std::string value = b == i.env.end() ? "" : text_of(b->second.value);
    if (value.empty() || (found && found->value == value)) return true;
    if (found) return false;
    found = Choice{"", value, b->second.winner.who, b->second.winner.span};
    return true;
  };
  look(root);
  if (found) return found;
  for (const Instance& i : r.instances)
    if (!look(i)) return std::nullopt;
  return found;
}

}  // namespace

std::vector<Choice> choices_of(const Resolution& resolution, const Instance& root) {
  std::vector<Choice> all;
  for (const char* name : kNames) {
    std::string key = key_of(*root.recipe, name);
    if (key.empty()) continue;
    std::optional<Choice> one = find_choice(resolution, root, key);
    if (!one) continue;
    one->name = name;
    if (one->name == "round" && !one->value.starts_with('v')) one->value = "v" + one->value;
    all.push_back(std::move(*one));
  }
  return all;
}

std::string choice(const std::vector<Choice>& all, const std::string& name) {
  for (const Choice& c : all)
    if (c.name == name) return c.value;
  return "";
}

std::string headline(const Instance& root, const std::vector<Choice>& choices) {
  std::string model = choice(choices, "model");
  if (model.empty()) {
    std::string out = root.recipe->id.value;
    for (const std::string& v : root.variations) out += " _" + v;
    return out;
  }
  std::string out = replace_all(model, ",", ", ");
  if (std::string s = choice(choices, "scenario"); !s.empty())
    out += " " + replace_all(s, ",", ", ");
  if (std::string s = choice(choices, "round"); !s.empty()) out += ", round " + s;
  if (std::string s = choice(choices, "division"); !s.empty()) out += ", " + s + " division";
  if (std::string s = choice(choices, "category"); !s.empty()) out += ", " + s;
  return out;
}

}  // namespace mlpgen
