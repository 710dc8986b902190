// The versions of packages that the lock names.
#pragma once

#include <map>
#include <string>

#include "plan/lock.h"

namespace mlpgen {

// Package -> version, for every package whose entries (alone or in Python environments) agree on one: ${lock:NAME}.
std::map<std::string, std::string> locked_versions(const Lock& lock);

}  // namespace mlpgen
