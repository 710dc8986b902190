// The versions of packages that the lock names.
#pragma once

#include <map>
#include <string>

#include "plan/lock.h"

namespace mlpgen {

// What ${lock:stand-ins} names: a sentence, where the lock has entries that are stand-ins.
inline constexpr const char* kStandIns = "stand-ins";

// Package -> version, for every package whose entries (alone or in Python environments) agree on one: ${lock:NAME}.
std::map<std::string, std::string> locked_versions(const Lock& lock);

}  // namespace mlpgen
