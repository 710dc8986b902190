// The combinations that a recipe calls valid or invalid, against the active variations.
#include "resolve/variation/allowed.h"

#include <algorithm>

#include "text/text.h"

namespace mlpgen {
namespace {

using Names = std::vector<Text>;

std::string as_words(const Names& names) {
  std::vector<std::string> words;
  for (const Text& t : names) words.push_back("_" + t.value);
  return join(words, ",");
}

std::string group_in(const Recipe& recipe, const std::string& name) {
  const Variation* v = recipe.find_variation(name);
  return v ? v->group.value : "";
}

bool is_named(const Recipe& recipe, const ActiveVariation& active, const Text& name) {
  return active.name == name.value || active.variation == recipe.find_variation(name.value);
}

// What was chosen, one of each group that the combinations name, in their order.
Names chosen_by_groups(const Recipe& recipe, const std::vector<ActiveVariation>& active,
                       const std::vector<VariationWord>& absent) {
  Names words;
  for (const Text& name : recipe.valid_combinations.front()) {
    std::string group = group_in(recipe, name.value);
    auto lacking = std::find_if(absent.begin(), absent.end(),
                                [&](const VariationWord& w) { return w.group == group; });
    if (lacking != absent.end()) {
      words.push_back(lacking->name);
      continue;
    }
    for (const ActiveVariation& a : active)
      if (!group.empty() && a.variation->group.value == group) words.push_back({a.name, a.span});
  }
  return words;
}

// The place of the first word that no combination has together with those before it.
Span first_that_fails(const Recipe& recipe, const Names& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    auto begins_so = [&](const Names& c) {
      return c.size() > i &&
             std::equal(c.begin(), c.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.begin(),
                        [](const Text& a, const Text& b) { return a.value == b.value; });
    };
    if (std::none_of(recipe.valid_combinations.begin(), recipe.valid_combinations.end(), begins_so))
      return words[i].span;
  }
  return recipe.id.span;
}

void report_unsupported(const Recipe& recipe, const Names& words, Sink& sink) {
  std::vector<Names> near;
  for (const Names& c : recipe.valid_combinations)
    if (!words.empty() && c.front().value == words.front().value) near.push_back(c);
  bool all = near.empty();
  std::string what = words.empty() ? "this combination does"
                                   : as_words(words) + (words.size() > 1 ? " do" : " does");
  sink.error("unsupported-combination", first_that_fails(recipe, words),
             what + " not work in " + recipe.id.value)
      .with_help(
          (all ? "those that work: " : "those that work with _" + words.front().value + ": ") +
          join(in_few_words(all ? recipe.valid_combinations : near), "  "));
}

}  // namespace

bool decides_over(const Recipe& recipe, const std::string& group) {
  const auto& valid = recipe.valid_combinations;
  return !group.empty() && !valid.empty() &&
         std::any_of(valid.front().begin(), valid.front().end(),
                     [&](const Text& t) { return group_in(recipe, t.value) == group; });
}

std::vector<std::string> in_few_words(const std::vector<Names>& combinations) {
  std::vector<std::vector<std::string>> rows;  // each place holds one word, or several with commas
  size_t longest = 0;
  for (const Names& c : combinations) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const Text& t : c) row.push_back("_" + t.value);
    longest = std::max(longest, row.size());
  }
  // Neighbours that differ in one place become one row, the last place first.
  for (size_t place = longest; place-- > 0;)
    for (size_t i = 0; i + 1 < rows.size();) {
      std::vector<std::string>&first = rows[i], next = rows[i + 1];
      if (place < next.size()) next[place] = place < first.size() ? first[place] : "";
      if (place >= first.size() || next != first || first.size() == 1) {
        ++i;
        continue;
      }
      first[place] += "," + rows[i + 1][place];
      rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  std::vector<std::string> all;
  for (std::vector<std::string>& row : rows) {
    for (std::string& place : row)
      if (place.find(',') != std::string::npos) place = "{" + place + "}";
    all.push_back(join(row, ","));
  }
  return all;
}

void check_allowed(const Recipe& recipe, const std::vector<ActiveVariation>& active,
                   const std::vector<VariationWord>& absent, const std::set<std::string>& excluded,
                   Sink& sink) {
  auto is_emptied = [&](const std::string& group) {
    return !group.empty() &&
           std::any_of(excluded.begin(), excluded.end(),
                       [&](const std::string& e) { return group_in(recipe, e) == group; }) &&
           std::none_of(active.begin(), active.end(), [&](const ActiveVariation& a) {
             return a.variation->group.value == group;
           });
  };
  auto holds = [&](const Names& names) {
    return std::all_of(names.begin(), names.end(), [&](const Text& t) {
      return std::any_of(active.begin(), active.end(),
                         [&](const ActiveVariation& a) { return is_named(recipe, a, t); });
    });
  };
  for (const Names& c : recipe.invalid_combinations)
    if (holds(c))
      sink.error("invalid-combination", active.empty() ? recipe.id.span : active.front().span,
                 as_words(c) + " do not work together in " + recipe.id.value)
          .note(c.front().span, "the recipe declares it here")
          .with_help("drop one of them");
  auto fits = [&](const Names& names) {
    return std::all_of(names.begin(), names.end(), [&](const Text& t) {
      return is_emptied(group_in(recipe, t.value)) || holds({t});
    });
  };
  const auto& valid = recipe.valid_combinations;
  if (valid.empty() || (absent.empty() && std::any_of(valid.begin(), valid.end(), fits))) return;
  report_unsupported(recipe, chosen_by_groups(recipe, active, absent), sink);
}

}  // namespace mlpgen
