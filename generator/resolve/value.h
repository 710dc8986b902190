// Values of env keys, and the references that stand in them until the plan knows paths and identities.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/host.h"

namespace mlpgen {

enum class InstanceId : uint32_t { kNone = 0xffffffff };

// One text, or a list.
struct Value {
  bool is_list = false;
  std::vector<std::string> items;  // a text has exactly one

  static Value text(std::string t) { return {false, {std::move(t)}}; }
  const std::string& as_text() const { return items.front(); }
  friend bool operator==(const Value&, const Value&) = default;
};

// A reference inside a text: something whose path or digest is known only to the plan.
struct Reference {
  enum class Kind : char { kArtifact = 'a', kSource = 's', kTool = 't', kLate = 'l', kEdge = 'e', kState = 'r' };
  Kind kind = Kind::kSource;
  // kArtifact: instance, step, output (empty: the directory), shard ("" or a number)
  // kSource: absolute path of a project's or a user's file or folder; its name without the machine
  // kTool: path, version, digest;  kEdge: number of an edge of the plan, output below it
  // kState: a file below the run directory's .mlpgen that configure writes: an input, but in no identity
  // kLate: file and pointer follow as text in the second field, may hold references
  std::vector<std::string> fields;
};

std::string encode(const Reference& reference);

// Calls `plain` and `reference` for the parts of a text in order.
void walk(std::string_view text, const std::function<void(std::string_view)>& plain, const std::function<void(const Reference&)>& reference);

bool has_reference(std::string_view text);
bool has_late(std::string_view text);
// For people: references as <recipe-less short words>.
std::string readable(std::string_view text);
std::string readable(const Value& value);  // a list with commas

// ${NAME}, ${NAME:-otherwise} (a template itself), <<<NAME>>> and $$ in a template. `lookup` gives the value of a name, or nothing;
// what it gives nothing for (and has no otherwise) is handed to `missing`. A list stands only alone: it gives several items.
using NameLookup = std::function<std::optional<Value>(const std::string& name)>;
std::vector<std::string> expand(std::string_view text, const NameLookup& lookup, const std::function<void(const std::string& name)>& missing);
// "A*B/C" as {"A", "*B", "/C"}: what ${A*B/C} calculates with; one part where the name is that of a value.
std::vector<std::string> factors_in(std::string_view name);
std::string without_operator(const std::string& factor);
// The product and quotients of whole numbers, e.g. {"12", "*2", "/5"}, each quotient rounded down; nothing where a number is none or is
// too large, or a divisor is 0.
std::optional<std::string> calculated(const std::vector<std::string>& factors);
// All names that a template refers to.
std::vector<std::string> names_in(std::string_view text);

}  // namespace mlpgen
