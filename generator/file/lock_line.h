// What a line of a lock's environment may say: a package and its hashes, never an option of the
// client.
#pragma once

#include <string_view>

namespace mlpgen {

// "NAME==VERSION", maybe with [EXTRAS], "; MARKER" and " --hash=ALGORITHM:HEX" words.
bool is_package_line(std::string_view line);
// "URL SHA256 SIZE", with http or https.
bool is_conda_line(std::string_view line);
// Bytes of a file: decimal digits.
bool is_size(std::string_view text);

}  // namespace mlpgen
