// What `mlpgen vendor` writes and `mlpgen configure --vendor` reads.
#pragma once

#include <string>

namespace mlpgen {

// What kVendorNote (store/store.h) says.
std::string vendor_note(bool complete);

// A directory that `mlpgen vendor` has filled to the end, or a store.
bool is_complete_vendor(const std::string& directory);

}  // namespace mlpgen
