// The root of a request: which recipe, with which variations, flags and presets.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "recipe/library.h"
#include "resolve/call.h"
#include "resolve/request.h"

namespace mlpgen {

struct RootCall {
  Call call;
};

// Reports unknown-flag, flag-conflict, wrong-value, unknown-preset and what selecting a recipe reports.
std::optional<RootCall> make_root(Library& library, const Request& request, Sink& sink);

// The same call with `variation` in place of the other words of its group.
Call with_variation(Call call, const Text& variation);

// The name of a flag as recipes write it: --num-threads is --num_threads.
std::string flag_name(std::string name);

// Overrides whose handle no dep carried: `unknown-handle`.
void check_handles(const std::vector<Override>& overrides, const std::map<std::string, bool>& known, Sink& sink);

}  // namespace mlpgen
