// Which distribution of Linux this is, and the one command that installs packages on it.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mlpgen {

// ID and then the words of ID_LIKE of an os-release(5) file: {"ubuntu", "debian"}.
std::vector<std::string> distribution_ids(const std::string& os_release);
std::vector<std::string> read_distribution_ids();  // of /etc/os-release

// The package of a recipe's `install: {DISTRIBUTION: package}` for the first id that has one; ""
// for none.
std::string package_for(const std::vector<std::pair<std::string, std::string>>& install,
                        const std::vector<std::string>& ids);

// "apt-get install A B"; the packages sorted, each once, "" where there are none or no package
// manager of these ids is known.
std::string install_command(const std::vector<std::string>& packages,
                            const std::vector<std::string>& ids);

}  // namespace mlpgen
