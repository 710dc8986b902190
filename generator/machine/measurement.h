// What a measurement's machine was like: measurement.json in the measurement's directory.
#pragma once

#include <string>

#include "base/result.h"
#include "step/clock.h"
#include "step/step.h"

namespace mlpgen {

struct MachineState {
  double load1 = 0, load5 = 0,
         load15 = 0;           // processes that ran or wanted to, means over 1, 5, 15 minutes
  int cores = 0;               // logical CPUs that are online
  std::string governor;        // of CPU 0, e.g. "performance"; "" where the kernel has none
  long min_frequency_khz = 0;  // limits of CPU 0; 0 where the kernel does not say
  long max_frequency_khz = 0;
  long current_frequency_khz = 0;
  std::string allowed_cpus;  // what the command may run on, as the kernel lists it: "0-7"
  int nice = 0;              // priority of the command
};

// Read just before the command starts.
MachineState read_machine_state();

// At most half of the cores had work in the last minute.
bool was_quiet(const MachineState& state);

// Writes `folder`/measurement.json.
Status write_measurement(const std::string& folder, const Step& step, const MachineState& state,
                         Instant began, Instant ended);

}  // namespace mlpgen
