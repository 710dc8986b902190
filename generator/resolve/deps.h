// The deps of one instance: after variations and overrides, in the order that their needs allow.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "recipe/condition.h"
#include "recipe/library.h"
#include "resolve/frame/call.h"
#include "resolve/frame/frame.h"

namespace mlpgen {

// Keys, and globs of them.
class KeySet {
 public:
  void insert(const std::string& key_or_glob) {
    (key_or_glob.find('*') == std::string::npos ? keys_ : globs_).insert(key_or_glob);
  }
  bool has(const std::string& key) const;  // the key, or a glob of it
  std::vector<std::string> all() const;

 private:
  std::set<std::string> keys_, globs_;
};

struct DepEntry {
  const Dep* dep = nullptr;
  std::vector<const Override*> overrides;  // those whose handle the dep carries, weak to strong
  std::optional<Decision> verdict = {};    // of its condition, once no other dep can change it
  // Found when first asked for, since it reads the recipes that the tags select:
  std::optional<std::vector<std::string>> asks =
      {};                            // keys that decide whether it is called, then how
  std::optional<KeySet> gives = {};  // keys that it may export
};

// Deps of the recipe, then of its active variations; one with the same names takes the other's
// place.
std::vector<DepEntry> dep_entries(const Frame& frame, const Call& call,
                                  std::map<std::string, bool>& handles);

// Gives a verdict to each dep that is off whatever the others export: it needs none of their
// recipes, nor its own. Reports what evaluate_strict and check_condition do; `failed` where a
// condition cannot be evaluated.
void decide_early(std::vector<DepEntry>& entries, Frame& frame, Sink& sink, bool& failed);
// Says which recipes will be asked for: of deps without a condition; of deps that still may be
// called.
void expect_recipes(const Recipe& recipe, Library& library);
void expect_recipes(const std::vector<DepEntry>& entries, Library& library);
// The first dep (in the order of the text) that needs nothing which a dep still to come exports;
// entries.size() when there is none. Its condition can then be evaluated or, where it has a
// verdict, it can be called.
size_t next_ready(std::vector<DepEntry>& entries, const std::vector<bool>& done, Frame& frame,
                  Library& library);
// Adds what the recipe may export, whatever variations it is called with.
void add_exported(const Recipe& recipe, KeySet& keys);
// Whether some dep, called or skipped, may export the key.
bool may_be_exported(const std::string& key, std::vector<DepEntry>& entries, Library& library);
void report_order_cycle(std::vector<DepEntry>& entries, const std::vector<bool>& done, Frame& frame,
                        Library& library, Sink& sink);

// Reports undeclared-key: `recipe` has no such key; `known`: those that it has.
void report_undeclared(const Recipe& recipe, const Text& key, const std::vector<std::string>& known,
                       Sink& sink);

// Whether configure can know the key: declared in the recipe or by a dep, and not late. Reports
// undeclared-key, late-condition.
bool check_declared(const Text& key, Frame& frame, Sink& sink);

// A condition over declared keys that configure knows; reports undeclared-key, late-condition,
// several-values and wrong-value.
Decision evaluate_strict(const Conditions& when, Frame& frame, Sink& sink, bool& failed);

// What can be said of a condition whose keys may still change; reports undeclared-key and
// wrong-value.
void check_condition(const Conditions& when, Frame& frame, Sink& sink);

// The call that an enabled dep makes. Reports unknown-tag, no-recipe, ambiguous-tags. `tags`
// becomes the final tag text.
std::optional<Call> make_call(Frame& frame, const Call& caller, const DepEntry& entry,
                              Library& library, Sink& sink, std::string& tags);

// The one recipe that `query` selects; `added` are the words that overrides brought.
const Recipe* select_recipe(const TagQuery& query, Span at, const std::string& added,
                            Library& library, Sink& sink);

// Words that a flag with `selects` makes of the keys that a recipe was handed; such a key then
// holds what the chosen variation says of it, or the variation's name.
void add_selected(const Recipe& recipe, std::map<std::string, Setter>& handed,
                  std::vector<VariationWord>& words);

}  // namespace mlpgen
