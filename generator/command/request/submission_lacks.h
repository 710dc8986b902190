// What the tree of a request will lack, from the list that the checker uses (round/needs.h,
// round/system_keys.h), said before anything runs.
#pragma once

#include <string>
#include <vector>

#include "command/request/session.h"

namespace mlpgen {

struct Lack {
  std::string topic;  // "system", "names", "scenarios"
  std::string what;   // "cooling"; a sentence
  std::string help;   // what to type
};

// Of the target `submission`; nothing where the request makes none. Reports a round that cannot be
// read.
std::vector<Lack> what_submission_lacks(Session& session, const Resolution& resolution);
// A line for each; the unknown keys of the system are one.
std::vector<std::string> lack_lines(const std::vector<Lack>& lacks);

}  // namespace mlpgen
