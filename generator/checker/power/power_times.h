// The times and samples of a power measurement, as LoadGen and SPEC PTDaemon write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mlpgen::submission {

// "07-12-2025 23:27:00.311" -> microseconds since 1970; nothing for any other form.
std::optional<int64_t> power_time(std::string_view text);

// When LoadGen began and ended to issue load: the lines power_begin and power_end of a detail log.
struct LoadTimes {
  int64_t begin_us = 0, end_us = 0;
  double seconds() const { return static_cast<double>(end_us - begin_us) / 1e6; }
};
std::optional<LoadTimes> load_times(std::string_view detail_log);

// The mean of the samples of a spl.txt that lie between both times and are above 0.
struct PowerSamples {
  double watts = -1;    // -1: there is none
  size_t bad_line = 0;  // the first line that is no sample; 0: none
};
// Lines: Time,MM-DD-YYYY HH:MM:SS.mmm,Watts,W,Volts,V,Amps,A,PF,P,Mark,TEXT. `only_samples`: any
// other line is bad, too.
PowerSamples power_samples(std::string_view spl, const LoadTimes& load, bool only_samples);

}  // namespace mlpgen::submission
