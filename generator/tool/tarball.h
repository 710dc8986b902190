// A folder -> tar.gz with the same bytes every time.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

// Packs root/TOP for each name of `tops` (files or folders), sorted by path; owner 0, mtime 0,
// modes 0644, 0755 for folders and executable files; gzip at level 6 without name or time. A top
// that is not there, a link or a device is an error. The whole archive is held in memory.
Result<std::string> pack_tarball(const std::string& root, const std::vector<std::string>& tops);

}  // namespace mlpgen::submission
