// What a request needs of this machine, compared with what is there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "doctor/machine.h"
#include "resolve/request.h"

namespace mlpgen {

enum class Health {
  kGood,
  kHint,     // the run can be done; its result may be worse, or less sure, than need be
  kMissing,  // the run cannot be done
};
const char* to_word(Health health);  // "ok", "hint", "missing"

struct Finding {
  Health health = Health::kGood;
  std::string topic;    // "request", "submission", "tools", "places", "limits", "measuring"
  std::string what;     // a sentence or a name with its version
  std::string mend;     // what to type or to do; "" where nothing
  std::string package;  // of this distribution, where one is missing; several with blanks between
};

// Programs and libraries; each once. `ids`: host/distribution.h.
std::vector<Finding> tool_findings(const std::vector<ProbedTool>& tools,
                                   const std::vector<std::string>& ids);

// A folder that a run writes to.
struct Place {
  std::string name;  // "the run directory"
  std::string path;
  bool writable = false;
  std::string network;           // "NFS" for a network file system, "" for a local one
  std::optional<uint64_t> free;  // bytes
  uint64_t needs = 0;            // bytes, at least
  size_t unknown = 0;            // things of unknown size that will come here too
  std::string variable;          // that chooses another folder
};
std::vector<Finding> place_findings(const std::vector<Place>& places);

// Memory and ulimit. `seconds`: how long the longest measurement takes at least.
std::vector<Finding> limit_findings(const Machine& machine, unsigned seconds);

// What makes a measurement differ from run to run, or from what the machine can do. Hints only.
std::vector<Finding> measuring_findings(const Machine& machine);

}  // namespace mlpgen
