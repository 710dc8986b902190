// The answers of `mlpgen explain`, as JSON from which the text is made.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "command/request/session.h"
#include "command/run_directory/identities.h"

namespace mlpgen {

struct Asked {
  const Session& session;
  const Resolution& resolution;
  const Plan& plan;
  const std::vector<LockWant>& wants;  // what the plan looked for in the locks
};

using Answer = nlohmann::ordered_json;

// Each gives null where `what` is no such thing.
Answer explain_key(const Asked& asked, const std::string& what);  // an env key, or --FLAG
Answer explain_recipe(const Asked& asked,
                      const std::string& what);  // the id of a recipe that the request uses
Answer explain_target(const Asked& asked, const std::string& what);  // a Ninja target
// A folder of links in the run directory: "results".
Answer explain_folder(const Asked& asked, const std::string& what);
Answer explain_edge(const Asked& asked, const Edge& edge);
// "RECIPE -> DEP", or a DEP alone: a handle, the tags of a dep, or a recipe that only deps which
// are off would call. DEP may be the id of a step as well.
Answer explain_dep(const Asked& asked, const std::string& what);
Answer explain_package(const Asked& asked, const std::string& what);  // a package of a lock
Answer explain_choices(const Asked& asked,
                       const std::string& what);  // "choices": every flag and group

std::string key_text(const Answer& answer);
std::string recipe_text(const Answer& answer);
std::string target_text(const Answer& answer);
std::string folder_text(const Answer& answer);
std::string edge_text(const Answer& answer);
std::string dep_text(const Answer& answer);
std::string package_text(const Answer& answer);
std::string choices_text(const Answer& answer);

// The dep of `from` that calls `to`; nullptr when none does.
const ResolvedDep* dep_to(const Instance& from, InstanceId to);

// A file of the installation without the folder of that.
std::string in_installation(const Asked& asked, const std::string& path);

// Who set a value: {value, rank, set_by, place}.
Answer setter_json(const Setter& setter, const Sources& sources);
std::string setter_line(const Answer& setter);  // "flag --model  command line:1:9"

// The word that gives the key of an instance another value and beats what set it now:
// "--model=a|b", "--adr.NAME.env.KEY=VALUE"; "" where there is none.
std::string word_that_sets(const Asked& asked, const Instance& instance, const std::string& key);
// Why the word of a flag that sets the key chooses what cannot be had; "" where it can.
std::string missing_reason(const Asked& asked, const std::string& key, const std::string& word);
std::string flag_words(const Flag& flag);  // "--model=a|b", "--threads=int"
// The variations of the group of `chosen` that a user can take instead: neither internal nor
// missing.
std::vector<std::string> others_of_group(const Recipe& recipe, const Variation& chosen);
// The word that chooses one of the variations of a group: "--model=a|b", "_a|b",
// "--adr.NAME.tags=_a|b"; "" where there is none.
std::string word_that_selects(const Asked& asked, const Instance& instance,
                              const std::string& group, const std::vector<std::string>& names);

// Why the identity of an edge is another one than before it last changed, and below each input that
// changed why that did: [{depth, edge, change, cause}]; `cause`: nothing below it explains it.
Answer changes_of(const Asked& asked, const Identities& identities, const Edge& edge,
                  std::set<std::string>& seen);

}  // namespace mlpgen
