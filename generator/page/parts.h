// The pages of the reference, one function each; reference.cc calls them.
#pragma once

#include <map>
#include <set>
#include <string>

#include "page/reference.h"

namespace mlpgen {

// Who depends on a recipe: id -> ids, sorted.
using Users = std::map<std::string, std::set<std::string>>;

struct PageContext {
  const ReferenceInput& in;
  std::vector<const Recipe*> recipes;  // sorted by id
  Users users;                         // of a recipe
  Users rule_users;                    // recipes that use a rule
};

std::string recipe_page(const Recipe& recipe, const PageContext& context);
std::string recipe_list(const PageContext& context);
std::string rules_page(const PageContext& context);
std::string rounds_page(const std::vector<Round>& rounds);
std::string commands_page(const ReferenceInput& input);
std::string diagnostics_page(const ReferenceInput& input);
std::string index_page(const PageContext& context);
std::string man_page(const ReferenceInput& input);                              // mlpgen.1
std::string man_page(const ReferenceInput& input, const CommandText& command);  // mlpgen-COMMAND.1
std::string man_page(const ReferenceInput& input,
                     const ProgramText& program);  // mlpgen-edge.1, mlpgen-tool.1

// Sections of a recipe's page.
std::string dep_sections(const Recipe& recipe, const PageContext& context);
std::string step_sections(const Recipe& recipe, const PageContext& context);
// What its steps take from outside: URL, digest and size for each choice that changes them.
std::string fetch_section(const Recipe& recipe, const PageContext& context);

// The steps of a recipe, each with the variation that has it (nullptr: whatever is chosen).
struct OwnedStep {
  const RecipeStep* step;
  const Variation* of;
};
std::vector<OwnedStep> steps_of(const Recipe& recipe);

}  // namespace mlpgen
