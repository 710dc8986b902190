// What a system reaches, as a search found it or its owner says it: --sut=FILE -> SystemTargets.
//
//     format: 1
//     targets:
//       retinanet:
//         Offline: {target_qps: 480.2}       # samples/s; Server: queries/s
//         SingleStream: {target_latency: 1.1}  # ms of a query; MultiStream too
#pragma once

#include <string>
#include <vector>

#include "round/round.h"

namespace mlpgen {

struct SystemTarget {
  std::string model, scenario;  // as a request names them
  Placed<std::string> value;    // a number above 0: 1/s or ms
};

struct SystemTargets {
  std::vector<SystemTarget> targets;

  const SystemTarget* find(std::string_view model, std::string_view scenario) const;
};

// Reports not-yaml, unknown-key, duplicate-key, missing-key, wrong-type, wrong-value, newer-format
// at their places; nothing is returned after an error.
std::optional<SystemTargets> load_system_targets(const Sources& sources, SourceId source,
                                                 Sink& sink);

}  // namespace mlpgen
