// mlpgen check: reads every recipe, rule, preset and round strictly, whether a request reaches it or not.
#include <iostream>

#include "command/session.h"
#include "round/round.h"

namespace mlpgen {
namespace {

// Rules that the steps of a recipe name; one that is not there is reported where it is named.
void check_rules(Library& library, const Recipe& recipe) {
  for (const RecipeStep& s : recipe.steps) library.rule(s.rule);
  for (const Variation& v : recipe.variations)
    for (const RecipeStep& s : v.steps) library.rule(s.rule);
}

}  // namespace

int run_check(const CommandLine& line) {
  Session s(line);
  if (!s.open_recipes()) return s.finish();
  Library& library = *s.library;
  std::vector<std::string> ids = library.ids(), rules = library.rule_names();
  for (const std::string& id : ids) library.expect(id);
  for (const std::string& name : rules) library.expect_rule(name);
  size_t rounds = load_rounds(s.sources, library.root() + "/recipes/rounds", s.sink).size();
  for (const std::string& id : ids)
    if (const Recipe* r = library.recipe(id)) check_rules(library, *r);
  for (const std::string& name : rules) library.rule({name, {}});
  size_t presets = library.presets().size();
  if (s.sink.ok())
    std::cout << ids.size() << " recipes, " << rules.size() << " rules, " << presets << " presets, " << rounds << " rounds\n";
  return s.finish();
}

}  // namespace mlpgen
