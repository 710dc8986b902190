// A source tree of one's own, to build in.
#pragma once

#include <ctime>
#include <string>

#include "base/result.h"

namespace mlpgen::tool {

// The time that all files of a copied tree have, and that builds write into their outputs:
// 1980-01-01, the oldest that a zip file can hold. Equal times tell make that nothing which the
// sources bring ready made, such as `configure`, must be made again.
inline constexpr time_t kSourceTime = 315532800;

// Copies the folder `from` to `to`, which is not there yet. Files are shared with nobody and may be
// written; links stay links.
Status copy_source(const std::string& from, const std::string& to);

}  // namespace mlpgen::tool
