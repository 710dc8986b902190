// Numbers of bytes as people read them, everywhere the same.
#pragma once

#include <cstdint>
#include <string>

namespace mlpgen {

// Decimal units: "1 byte", "999 bytes", "1.0 kB", "148.7 MB".
std::string readable_bytes(uint64_t bytes);

}  // namespace mlpgen
