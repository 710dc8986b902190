// The root of a request: which recipe, with which variations, flags and presets.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "recipe/condition.h"
#include "recipe/library.h"
#include "resolve/frame/call.h"
#include "resolve/request.h"

namespace mlpgen {

struct RootCall {
  Call call;
};

// Reports unknown-flag, flag-conflict, wrong-value, unknown-preset and what selecting a recipe
// reports.
std::optional<RootCall> make_root(Library& library, const Request& request, Sink& sink);

// The values of an instance's keys, for a condition; valid as long as the instance.
Lookup lookup_in(const Instance& instance);

// Whether plain `ninja` builds the target, by a variation or a key of the root as it was asked for.
bool is_default_target(const Target& target, const Instance& root);

// The same call with `variation` in place of the other words of its group.
Call with_variation(Call call, const Text& variation);

// The name of a flag as recipes write it: --num-threads is --num_threads.
std::string flag_name(std::string name);

// What a user or a preset gives a flag of the recipe: a list where the key may have several values.
// Reports unknown-flag, wrong-value (a choice that is none); then nothing.
struct GivenFlag {
  const Flag* flag = nullptr;
  Value value;
};
// `typed`: on a command line, not in a preset.
std::optional<GivenFlag> given_flag(const Recipe& recipe, const Text& name, const Text& value,
                                    bool typed, Sink& sink);

// Overrides whose handle no dep carried: `unknown-handle`.
void check_handles(const std::vector<Override>& overrides, const std::map<std::string, bool>& known,
                   Sink& sink);

}  // namespace mlpgen
