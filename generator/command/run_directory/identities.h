// .mlpgen/identities.json: what the identity of each edge was made of at the last configure, and
// before it last changed.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "plan/plan.h"

namespace mlpgen {

struct IdentityRecord {
  std::string identity;  // 64 hexadecimal digits; "" where there is none
  std::vector<std::pair<std::string, std::string>> parts;  // as Edge::parts
};

struct IdentityHistory {
  IdentityRecord now, former;  // `former` without an identity: it never changed
};

using Identities = std::map<std::string, IdentityHistory>;  // by the edge's name

Identities read_identities();
// Edges of the plan get their new record; those of other requests stay, so that going back can be
// explained, too.
Result<bool> update_identities(const Plan& plan);

// One thing that differs between two records.
struct IdentityChange {
  enum class Kind { kRule, kWord, kEnv, kSource, kTool, kInput, kOutput, kMachine, kAttempt };
  Kind kind = Kind::kWord;
  std::string name;  // of the source, the env key; of an input its path below the artifact
  std::string before,
      after;  // words, digests, versions; of an input: the identities of the artifacts
};

std::vector<IdentityChange> changes_between(const IdentityRecord& before,
                                            const IdentityRecord& after);

}  // namespace mlpgen
