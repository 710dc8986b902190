// Order of versions: PEP 440's for packages, dotted numbers with an optional v or r otherwise; one
// function serves both.
#pragma once

#include <string>
#include <string_view>

namespace mlpgen {

// < 0, 0, > 0. "3.9" < "3.10"; "3.9" == "3.9.0"; "1.2rc1" < "1.2" < "1.2.post1"; "v1.2" == "1.2";
// "r3.1" < "r4.0".
int compare_versions(std::string_view a, std::string_view b);

// Whether `text` begins, after an optional v or r, with a number: a git ref such as "main" is no
// version.
bool is_version(std::string_view text);

}  // namespace mlpgen
