// What `check_library` looks at, a question each.
#pragma once

#include "check/check.h"

namespace mlpgen {

// Variations that no words can make active: unreachable-variation.
void check_variations(const Recipe& recipe, Sink& sink);
// Words that a key with declared choices cannot have: impossible-condition. Keys that nothing sets:
// undeclared-key.
void check_conditions(const Recipe& recipe, Library& library, Sink& sink);
// Tags that select no recipe or several, and variations that the callee does not have.
void check_deps(const Recipe& recipe, Library& library, Sink& sink);
// References to steps, outputs, probes and facts that are not there: unset-key, unknown-output.
void check_references(const Recipe& recipe, Library& library, Sink& sink);
// Variations that the recipe does not have, or that exclude each other whatever else is asked for.
void check_words(const Recipe& callee, const std::vector<Text>& variations, Sink& sink);
// The same where no call fills anything in.
void check_exact_words(const Recipe& callee, const std::vector<Text>& variations, Sink& sink);
// Keys that are declared and that nothing reads; those that are set here are only counted, unless
// `strict`.
size_t check_keys(const Recipe& recipe, Library& library, bool strict, Sink& sink);
// Keys and variations without a word of help.
void check_about(const Recipe& recipe, Sink& sink);
// The number of downloads without a digest; missing-digest where `strict`.
size_t check_digests(const Recipe& recipe, Library& library, bool strict, Sink& sink);
// Recipes, flags, variations, keys and handles that a preset names.
void check_presets(Library& library, Sink& sink);
// What steps give their rules, as configure judges it for those that a request reaches:
// unknown-rule, unknown-parameter, missing-parameter, wrong-type, wrong-value, unknown-output.
void check_steps(const Recipe& recipe, Library& library, Sink& sink);
// What configure refuses of a recipe that is asked for by its id alone, whatever other words a
// request has: circles of keys and deps, outputs that a plan does not make or makes twice.
void check_alone(Library& library, Sink& sink);
// Targets that no step of any recipe belongs to: empty-target.
void check_targets(Library& library, Sink& sink);
// The number of rules that no recipe names; unused-rule where `strict`.
size_t check_rules(Library& library, bool strict, Sink& sink);

}  // namespace mlpgen
