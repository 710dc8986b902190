// Resolution + rules + lock -> Plan: every step becomes edges with identities.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plan/lock.h"
#include "plan/plan.h"
#include "plan/source_digest.h"
#include "recipe/library.h"
#include "resolve/resolution.h"

namespace mlpgen {

struct PlanSettings {
  std::string tool;                     // absolute path of mlpgen-tool
  std::string machine;                  // host facts that name the machine of a measurement
  std::map<std::string, int> attempts;  // "recipe/step" -> number of reruns asked for
  bool require_lock = true;             // false in `mlpgen lock`: what is missing is only collected
  LockUse lock_use = LockUse::kAsNeeded;
  std::string lock_command = "mlpgen lock";  // that locks this request, as a shell takes it
};

struct Planned {
  Plan plan;
  std::vector<LockWant> wants;  // everything that was looked for in the lock
  // By instance and step: its edges, also those that an equal step of another instance made.
  std::map<std::pair<InstanceId, std::string>, std::vector<EdgeId>> edges_of;

  // Of one step of an instance; none where the lock does not have what it needs.
  const std::vector<EdgeId>& edges(const Instance& instance, const ResolvedStep& step) const;
};

// Reports unknown-rule, unknown-parameter, missing-parameter, missing-source, duplicate-output,
// not-locked. What `${request}` and `${request.lock}` in a rule name, which configure writes: the
// command line of the request, and the entries of the locks that its plan looked up.
inline constexpr const char* kRequestFile = ".mlpgen/request.txt";
inline constexpr const char* kRequestLockFile = ".mlpgen/request.lock";

std::optional<Planned> make_plan(const Resolution& resolution, Library& library, const Lock& lock,
                                 SourceDigests& digests, const PlanSettings& settings, Sink& sink);

}  // namespace mlpgen
