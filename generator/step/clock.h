// One moment on both clocks: the one people read, and the one that never jumps.
#pragma once

#include <cstdint>
#include <string>

namespace mlpgen {

struct Instant {
  int64_t realtime_ns = 0;  // CLOCK_REALTIME
  int64_t monotonic_ns =
      0;  // CLOCK_MONOTONIC: the same for all processes of a machine since it started

  std::string to_json() const;      // {"realtime_ns":...,"monotonic_ns":...}
  std::string time_of_day() const;  // "10:02:03", UTC
  std::string date_time() const;    // "2026-01-31T10:02:03Z"
};

Instant clock_now();

}  // namespace mlpgen
