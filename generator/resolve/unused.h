// Words of a request that change nothing.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "resolve/request.h"
#include "resolve/resolution.h"
#include "resolve/uses.h"

namespace mlpgen {

struct Reads {
  const Uses& uses;
  const std::vector<int>& frames;        // of each instance, in `uses`
  const std::vector<InstanceId>& roots;  // of the request and of each target
  const std::map<const Override*, std::set<InstanceId>>&
      applied;  // to the calls of deps that carry the handle
};

// A flag or a variation whose help begins with one of these does nothing.
inline constexpr const char* kNotNeeded = "not needed here";
inline constexpr const char* kNotWritten = "not written";

// `unused-value` for each flag, --env word and variation of the request that nothing depends on,
// and for those that say so themselves.
void warn_unused(const Request& request, const Resolution& resolution, const Reads& reads,
                 Sink& sink);

}  // namespace mlpgen
