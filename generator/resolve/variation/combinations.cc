// From keys with several values to calls.
#include "resolve/variation/combinations.h"

#include <algorithm>
#include <charconv>

#include "text/text.h"

namespace mlpgen {
namespace {

std::optional<double> number_of(const std::string& text) {
  double n = 0;
  auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (why != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

// Model and scenario of a recipe that takes part in a round: they name a result whatever else is
// asked for.
std::vector<const Text*> naming_keys(const Recipe& recipe, const Dep& dep) {
  std::vector<const Text*> naming;
  if (!recipe.round) return naming;
  for (const Text* named : {&recipe.round->model, &recipe.round->scenario})
    for (const Text& key : dep.foreach_keys)
      if (key.value == named->value) naming.push_back(&key);
  return naming;
}

// "retinanet-Offline", and behind it the values of what else has several.
std::string label_of(Frame& frame, const std::vector<const Text*>& naming, const Combination& c) {
  std::vector<std::string> names;
  for (const Text* key : naming) {
    auto one = c.values.find(key->value);
    std::optional<Value> only = one == c.values.end() ? frame.get(key->value) : std::nullopt;
    if (one != c.values.end() || only)
      names.push_back(only ? readable(*only) : readable(one->second));
  }
  std::string label = join(names, "-") + c.label;
  return label.starts_with('-') ? label.substr(1) : label;
}

}  // namespace

std::vector<std::string> several_values(const std::string& word,
                                        const std::vector<std::string>& choices) {
  std::vector<std::string> values;
  for (std::string& v : split(word, ','))
    if (!v.empty()) values.push_back(std::move(v));
  auto rank = [&](const std::string& v) {
    return std::find(choices.begin(), choices.end(), v) - choices.begin();
  };
  std::sort(values.begin(), values.end(), [&](const std::string& a, const std::string& b) {
    if (!choices.empty()) return rank(a) < rank(b);
    std::optional<double> x = number_of(a), y = number_of(b);
    return x && y ? *x < *y : a < b;
  });
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::vector<Combination> combinations(Frame& frame, const Dep& dep) {
  std::vector<Combination> all(1);
  const std::vector<const Text*> naming = naming_keys(frame.recipe(), dep);
  for (const Text& key : dep.foreach_keys) {
    std::optional<Value> v = frame.get(key.value);
    if (!v || v->items.size() < 2) continue;
    frame.note_read(key.value);
    std::vector<Combination> longer;
    for (const Combination& c : all)
      for (const Template& item : v->items) {
        Combination& next = longer.emplace_back(c);
        next.values[key.value] = item;
        if (std::find(naming.begin(), naming.end(), &key) == naming.end())
          next.label += "-" + readable(item);
      }
    all = std::move(longer);
  }
  std::erase_if(all, [&](const Combination& c) { return !frame.in_round(c.values); });
  for (Combination& c : all) {
    if (!naming.empty() && !c.label.empty()) c.values[kCombinationRestKey] = c.label;
    c.label = label_of(frame, naming, c);
    if (!c.label.empty()) c.values[kCombinationKey] = c.label;
  }
  return all;
}

std::map<std::string, Value> common_exports(const std::vector<const Instance*>& callees) {
  std::map<std::string, Value> all = callees.front()->exports;
  for (const Instance* callee : callees) {
    std::erase_if(all, [&](const auto& e) {
      auto it = callee->exports.find(e.first);
      return !e.first.starts_with('+') &&
             (it == callee->exports.end() || !(it->second == e.second));
    });
    for (const auto& [key, value] : callee->exports) {
      if (!key.starts_with('+')) continue;
      Value& list = all[key];
      list.is_list = true;
      for (const Template& item : value.items)
        if (std::find(list.items.begin(), list.items.end(), item) == list.items.end())
          list.items.push_back(item);
    }
  }
  return all;
}

}  // namespace mlpgen
