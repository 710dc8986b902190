// Things of the store in words and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "store/inventory.h"
#include "text/units.h"

namespace mlpgen {

// One line: key, size, name, recipes that asked.
std::string thing_line(const Thing& thing);
std::string thing_text(const Thing& thing);  // all about one
// {kind, key, sha256 (of a file), name, size, from, when, used, path, askers: [{recipe, tags,
// variations}], runs: [path]}
nlohmann::ordered_json thing_json(const Thing& thing);
nlohmann::ordered_json things_json(const std::vector<Thing>& things);
uint64_t bytes_of(const std::vector<Thing>& things);

// A store's error as a diagnostic: "message  [id]" carries its word at the end.
void add_error(const Error& error, Sink& sink);

}  // namespace mlpgen
