// Scenarios that a tree must hold.
#include "round/needs.h"

#include <algorithm>

#include "text/text.h"

namespace mlpgen {
namespace {

// Folders may be written in small letters.
bool has(const std::vector<std::string>& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& s) { return lower(s) == lower(name); });
}

}  // namespace

const Scenarios* scenarios_of(const Round& round, std::string_view model,
                              std::string_view system_type) {
  const RoundModel* m = round.find(model);
  if (!m) return nullptr;
  auto at = m->scenarios.find(category_of(std::string(system_type)));
  return at == m->scenarios.end() ? nullptr : &at->second;
}

std::vector<std::string> missing_scenarios(const Scenarios& wanted,
                                           const std::vector<std::string>& found) {
  std::vector<std::string> missing;
  for (const std::string& scenario : wanted.required)
    if (!has(found, scenario)) missing.push_back("the required scenario " + scenario);
  bool any = wanted.one_of.empty();
  for (const std::string& scenario : wanted.one_of) any = any || has(found, scenario);
  if (!any) missing.push_back("one of the scenarios " + join(wanted.one_of, ", "));
  return missing;
}

}  // namespace mlpgen
