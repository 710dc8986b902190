// A zip file names each entry twice: before its bytes and in the list at the end. No checksum
// covers a name, so the two are compared.
#pragma once

#include <string>

#include "base/result.h"

namespace mlpgen::tool {

// Error (without id): in which way the list and the entries differ, or that there is no list.
Status check_zip_names(const std::string& path);

}  // namespace mlpgen::tool
