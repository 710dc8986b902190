// What `mlpgen vendor` writes and `mlpgen configure --vendor` reads.
#pragma once

#include <string>

namespace mlpgen {

// In a directory that `mlpgen vendor` fills: {format, complete}. While it is there, mlpgen-tool keeps
// the packages of Python environments as files of that store.
inline constexpr const char* kVendorNote = "vendor.json";
std::string vendor_note(bool complete);

// A directory that `mlpgen vendor` has filled to the end, or a store.
bool is_complete_vendor(const std::string& directory);

}  // namespace mlpgen
