// Reading the times and samples of a power measurement.
#include "checker/power/power_times.h"

#include <charconv>
#include <chrono>
#include <regex>
#include <string>
#include <vector>

#include "text/text.h"

namespace mlpgen::submission {
namespace {

// So many digits at the beginning of `rest`, at least one; takes them off.
std::optional<int> take_number(std::string_view& rest, size_t most) {
  int value = 0;
  size_t n = 0;
  for (; n < rest.size() && n < most && rest[n] >= '0' && rest[n] <= '9'; ++n)
    value = value * 10 + (rest[n] - '0');
  if (n == 0) return std::nullopt;
  rest.remove_prefix(n);
  return value;
}

bool take(std::string_view& rest, char wanted) {
  if (!rest.starts_with(wanted)) return false;
  rest.remove_prefix(1);
  return true;
}

// The first time in a line as the pattern of power-dev finds it; the search is for digits that may
// be absent, so that an odd line gives a text that is no time.
std::optional<int64_t> first_time(std::string_view line) {
  static const std::regex kTime(R"(\d*-\d*-\d* \d*:\d*:\d*\.\d*)");
  std::cmatch found;
  if (!std::regex_search(line.data(), line.data() + line.size(), found, kTime)) return {};
  return power_time({found[0].first, static_cast<size_t>(found[0].length())});
}

std::optional<double> decimal(std::string_view text) {
  text = trim(text);
  double value = 0;
  auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (why != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Mean {
  double sum = 0;
  size_t count = 0;
  void take(double value) {
    if (!(value > 0)) return;
    sum += value;
    ++count;
  }
};

// Whether the line could be read; its watts go into `mean` if it lies between both times.
bool take_sample(std::string_view line, const LoadTimes& load, Mean& mean) {
  std::vector<std::string> fields = split(line, ',');
  std::optional<int64_t> time = fields.size() > 1 ? power_time(fields[1]) : std::nullopt;
  if (!time) return false;
  if (*time <= load.begin_us || *time >= load.end_us) return true;
  if (fields.size() < 10 || !decimal(fields[9])) return false;
  std::optional<double> watts = decimal(fields[3]);
  if (watts) mean.take(*watts);
  return watts.has_value();
}

}  // namespace

std::optional<int64_t> power_time(std::string_view text) {
  std::optional<int> month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  std::optional<int> day = take_number(text, 2);
  if (!day || !take(text, '-')) return std::nullopt;
  size_t before = text.size();
  std::optional<int> year = take_number(text, 4);
  if (!year || before - text.size() != 4 || !take(text, ' ')) return std::nullopt;
  std::optional<int> hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  std::optional<int> minute = take_number(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
  std::optional<int> second = take_number(text, 2);
  if (!second || *second > 59 || !take(text, '.')) return std::nullopt;
  size_t digits = text.size();
  std::optional<int> fraction = take_number(text, 6);
  if (!fraction || !text.empty()) return std::nullopt;
  for (int64_t n = static_cast<int64_t>(digits); n < 6; ++n) *fraction *= 10;
  std::chrono::year_month_day date{std::chrono::year(*year),
                                   std::chrono::month(static_cast<unsigned>(*month)),
                                   std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year == 0) return std::nullopt;
  int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return (((days * 24 + *hour) * 60 + *minute) * 60 + *second) * 1'000'000 + *fraction;
}

std::optional<LoadTimes> load_times(std::string_view log) {
  std::optional<int64_t> begin, end;
  while (!log.empty() && !(begin && end)) {
    size_t stop = log.find('\n');
    std::string line = lower(log.substr(0, stop));
    log.remove_prefix(stop == std::string_view::npos ? log.size() : stop + 1);
    bool begins = line.find("power_begin") != std::string::npos;
    if (!begins && line.find("power_end") == std::string::npos) continue;
    std::optional<int64_t>& time = begins ? begin : end;
    time = first_time(line);
    if (!time) return std::nullopt;
  }
  if (!begin || !end) return std::nullopt;
  return LoadTimes{*begin, *end};
}

PowerSamples power_samples(std::string_view spl, const LoadTimes& load, bool only_samples) {
  PowerSamples out;
  Mean mean;
  for (size_t number = 1; !spl.empty(); ++number) {
    size_t stop = spl.find('\n');
    std::string_view line = spl.substr(0, stop);
    spl.remove_prefix(stop == std::string_view::npos ? spl.size() : stop + 1);
    if (!line.starts_with("Time") && !only_samples) continue;
    if (!take_sample(line, load, mean) && out.bad_line == 0) out.bad_line = number;
  }
  if (mean.count > 0) out.watts = mean.sum / static_cast<double>(mean.count);
  return out;
}

}  // namespace mlpgen::submission
