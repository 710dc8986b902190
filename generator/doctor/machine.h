// What decides on this machine whether a run can be done, and how honest its measurement is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace mlpgen {

struct Machine {
  std::string governor;       // of the first processor; "" where the kernel does not tell
  std::optional<bool> turbo;  // whether clocks may rise above the nominal one
  std::optional<bool> smt;    // whether two logical processors share a core
  unsigned numa_nodes = 1;
  unsigned cpus = 1;                     // that this process may use
  std::optional<double> cpu_quota;       // processors that a container's limit allows
  std::optional<uint64_t> memory_limit;  // bytes, of a container
  uint64_t memory = 0;                   // bytes
  uint64_t memory_available = 0;         // bytes
  double load = 0;                       // processes that ran, mean of the last minute
  bool is_virtual = false;               // a hypervisor lies below
  std::optional<uint64_t> open_files, cpu_seconds, file_bytes,
      memory_bytes;  // ulimit; none: no limit
};

// From /proc, /sys and the limits of this process. `root` stands before each path ("" but in
// tests).
Machine read_machine(const std::string& root);

// `path`, or the nearest folder above it that is there.
std::string nearest_existing(const std::string& path);
// Bytes that this user may still write where `path` is or would be; nothing where that cannot be
// told.
std::optional<uint64_t> free_bytes(const std::string& path);
// Whether this user may make files in `folder`, or make it.
bool may_write(const std::string& folder);

}  // namespace mlpgen
