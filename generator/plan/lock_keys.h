// Which lock entry a step needs.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "plan/lock.h"
#include "resolve/resolution.h"

namespace mlpgen {

// For `lock: package` (params name, version, kind, python, python_version), `lock:
// python-environment` (params requirements, system_packages, python, python_version), `lock:
// conda-environment` (params packages, channels, platform, python, script) and `lock: file` (params
// urls, name, md5).
LockWant lock_want(const std::string& kind, const std::map<std::string, ResolvedParam>& params);

// The first item of a parameter; "" where there is none.
std::string text_of(const std::map<std::string, ResolvedParam>& params, const std::string& name);
bool is_off(const std::string& value);  // no off false 0

}  // namespace mlpgen
