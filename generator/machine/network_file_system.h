// Says whether a file system is shared by machines: a lock there would not be about one machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mlpgen {

// "NFS" for the magic number of statfs(2) of a network file system, "" for a local one.
std::string_view network_file_system(uint64_t magic);

// The same for the type that the kernel gives for a FUSE file system, e.g. "fuse.sshfs".
bool fuse_over_network(std::string_view type);

// The same for what `path` stands on; "" where that cannot be told.
std::string_view network_file_system_at(const std::string& path);

}  // namespace mlpgen
