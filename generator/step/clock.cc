// Reads the clocks.
#include "step/clock.h"

#include <ctime>

namespace mlpgen {
namespace {

int64_t read_clock(clockid_t clock) {
  struct timespec t {};
  clock_gettime(clock, &t);
  return static_cast<int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

std::string formatted(int64_t realtime_ns, const char* format) {
  time_t seconds = realtime_ns / 1'000'000'000;
  struct tm utc {};
  gmtime_r(&seconds, &utc);
  char text[40];
  return {text, strftime(text, sizeof text, format, &utc)};
}

}  // namespace

Instant clock_now() { return {read_clock(CLOCK_REALTIME), read_clock(CLOCK_MONOTONIC)}; }

std::string Instant::to_json() const {
  return "{\"realtime_ns\":" + std::to_string(realtime_ns) +
         ",\"monotonic_ns\":" + std::to_string(monotonic_ns) + "}";
}

std::string Instant::time_of_day() const { return formatted(realtime_ns, "%H:%M:%S"); }
std::string Instant::date_time() const { return formatted(realtime_ns, "%Y-%m-%dT%H:%M:%SZ"); }

}  // namespace mlpgen
