// A version that is asked for, or the one of a range.
#include "resolve/frame/version_choice.h"

#include <algorithm>

#include "text/text.h"
#include "text/version.h"

namespace mlpgen {
namespace {

// `version_max_usable` where the recipe has it and it fits, else the newest that fits; "" when none
// does.
std::string newest_in(const Recipe& recipe, const VersionRange& want) {
  std::string newest;
  for (const Version& v : recipe.versions) {
    const std::string& name = v.name.value;
    if (!is_version(name) || !fits(want, name)) continue;
    if (want.max_usable && want.max_usable->value == name) return name;
    if (newest.empty() || compare_versions(name, newest) > 0) newest = name;
  }
  return newest;
}

std::string names_of(const Recipe& recipe) {
  std::vector<std::string> names;
  for (const Version& v : recipe.versions) names.push_back(v.name.value);
  return join(names, ", ");
}

const Version* find_version(const Recipe& recipe, const std::string& name) {
  auto at = std::find_if(recipe.versions.begin(), recipe.versions.end(),
                         [&](const Version& v) { return v.name.value == name; });
  return at == recipe.versions.end() ? nullptr : &*at;
}

}  // namespace

bool fits(const VersionRange& r, const std::string& version) {
  if (r.exact && compare_versions(version, r.exact->value) != 0) return false;
  if (r.min && compare_versions(version, r.min->value) < 0) return false;
  return !r.max || compare_versions(version, r.max->value) <= 0;
}

std::string range_words(const VersionRange& r) {
  std::vector<std::string> w;
  if (r.exact) w.push_back("version " + r.exact->value);
  if (r.min) w.push_back("at least " + r.min->value);
  if (r.max) w.push_back("at most " + r.max->value);
  return join(w, ", ");
}

const Version* choose_version(const Recipe& r, const VersionRange& want, bool handed_on,
                              Span asked_at, Sink& sink) {
  if (r.versions.empty()) {
    if (!r.probes.empty() || want.empty() || handed_on) return nullptr;
    const Text& asked = want.exact ? *want.exact : want.min ? *want.min : *want.max;
    sink.error("unknown-version", asked.span,
               r.id.value + " has no versions, and " + asked.value + " is asked for")
        .with_help("drop the version; `mlpgen show " + r.id.value + "` shows what can be chosen");
    return nullptr;
  }
  std::string chosen = want.exact          ? want.exact->value
                       : r.default_version ? r.default_version->value
                                           : "";
  bool ranged = want.min || want.max, in_range = is_version(chosen) && fits(want, chosen);
  if (want.exact && ranged && !in_range) {
    sink.error("unknown-version", want.exact->span,
               r.id.value + " is asked for in version " + chosen + ", and that is not " +
                   range_words({std::nullopt, want.min, want.max, std::nullopt}))
        .with_help("drop one of the two");
    return nullptr;
  }
  if (!want.exact && ranged && !in_range) chosen = newest_in(r, want);
  if (chosen.empty() && ranged)
    sink.error("unknown-version", want.min ? want.min->span : want.max->span,
               r.id.value + " has no version that is " + range_words(want))
        .with_help("its versions: " + names_of(r));
  if (chosen.empty()) return nullptr;
  const Version* found = find_version(r, chosen);
  if (!found)
    sink.error("unknown-version", want.exact ? want.exact->span : asked_at,
               r.id.value + " has no version " + chosen)
        .with_help("its versions: " + names_of(r));
  return found;
}

}  // namespace mlpgen
