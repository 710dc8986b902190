// The keys of systems/SYSTEM.json, in the order in which rounds came to ask for them: one list for
// the checker and for what configure says that a tree will lack. Source: submission.md section 2.1.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "round/round.h"

namespace mlpgen {

struct SystemKey {
  std::string_view name;
  bool may_be_empty = false;  // else it must say something
};

inline constexpr auto kSystemKeys = std::to_array<SystemKey>({
    {"division"},
    {"submitter"},
    {"status"},
    {"system_name"},
    {"number_of_nodes"},
    {"host_processor_model_name"},
    {"host_processors_per_node"},
    {"host_processor_core_count"},
    {"host_memory_capacity"},
    {"host_storage_capacity"},
    {"host_storage_type"},
    {"accelerators_per_node"},
    {"accelerator_model_name"},
    {"accelerator_memory_capacity"},
    {"framework"},
    {"operating_system"},
    {"system_type"},
    {"other_software_stack"},
    {"host_processor_frequency", true},
    {"host_processor_caches", true},
    {"host_memory_configuration"},
    {"host_processor_interconnect", true},
    {"host_networking"},
    {"host_networking_topology"},
    {"accelerator_frequency", true},
    {"accelerator_host_interconnect"},
    {"accelerator_interconnect"},
    {"accelerator_interconnect_topology", true},
    {"accelerator_memory_configuration"},
    {"accelerator_on-chip_memories", true},
    {"cooling"},
    {"hw_notes", true},
    {"sw_notes", true},
    {"host_network_card_count"},
    {"system_type_detail", true},
});

// What mlpgen writes where neither the machine nor the request tells a value.
inline constexpr std::string_view kUnknownValue = "unknown";

// The keys that the round asks for.
inline std::span<const SystemKey> system_keys(const Round& round) {
  std::span<const SystemKey> all(kSystemKeys);
  return all.first(std::min(all.size(), static_cast<size_t>(round.system_keys)));
}

}  // namespace mlpgen
