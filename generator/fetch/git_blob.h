// The name that Git gives to the bytes of a file.
#pragma once

#include <string>

namespace mlpgen::tool {

// SHA-1 of "blob SIZE\0" and the bytes of this file; "" where it cannot be read.
std::string blob_id(const std::string& path);

std::string blob_id_of_text(const std::string& bytes);

}  // namespace mlpgen::tool
