// Rules of the times of a power measurement, and of the power that both of its runs drew.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "checker/power/power_run.h"
#include "checker/power/power_times.h"
#include "loadgen/official_text.h"

namespace mlpgen::submission {
namespace {

using Json = nlohmann::json;

// The first number of each entry of phases.MODE: seconds since 1970. Nothing where one is missing.
std::optional<std::vector<double>> phases_of(const Json& session, const char* mode) {
  std::vector<double> out;
  const Json& all = session["phases"];
  if (!all.is_object() || !all.contains(mode) || !all[mode].is_array()) return std::nullopt;
  for (const Json& phase : all[mode]) {
    if (!phase.is_array() || phase.empty() || !phase[0].is_number()) return std::nullopt;
    out.push_back(phase[0]);
  }
  return out;
}

// Python's round(): half to even of the decimal value.
double rounded(double value, int digits) {
  char text[400];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return std::strtod(text, nullptr);
}

class Phases {
 public:
  explicit Phases(const PowerRun& run) : run_(run) {}

  void check() {
    std::optional<LoadTimes> ranging = check_mode("ranging", "ranging");
    std::optional<LoadTimes> testing = check_mode("testing", "run_1");
    if (!ranging || !testing) return;
    if (check_durations(*ranging, *testing) && run_.rules.averages)
      check_averages(*ranging, *testing);
  }

 private:
  std::string where() const { return run_.path("power/client.json"); }

  std::optional<LoadTimes> check_mode(const char* mode, const char* folder) {
    std::optional<std::vector<double>> client = phases_of(run_.client, mode);
    std::optional<std::vector<double>> server = phases_of(run_.server, mode);
    if (!client || !server || client->size() != server->size() || client->size() < 3) {
      run_.fault(where(),
                 std::string("client.json and server.json have not the same phases of ") + mode,
                 "take both files of one session");
      return std::nullopt;
    }
    check_clocks(mode, *client, *server);
    std::string log = run_.path(std::string(folder) + "/mlperf_log_detail.txt");
    Result<std::string> text = read_official_text(run_.result.root + "/" + log);
    std::optional<LoadTimes> load = text ? load_times(*text) : std::nullopt;
    if (!load) {
      run_.fault(log, "the log does not say when the load began and ended",
                 "take the log as LoadGen wrote it; it holds power_begin and power_end");
      return std::nullopt;
    }
    for (int64_t time : {load->begin_us, load->end_us})
      if (!within(static_cast<double>(time) / 1e6, (*client)[1], (*client)[2]))
        run_.fault(log, std::string("LoadGen's load is not within the time of ") + mode,
                   "set the clocks of system and director by one NTP server, then measure again");
    return load;
  }

  // An hour of difference is taken: summer time.
  static bool within(double time, double begin, double end) {
    return (begin < time && time < end) || (begin < time - 3600 && time - 3600 < end);
  }

  void check_clocks(const char* mode, const std::vector<double>& client,
                    const std::vector<double>& server) {
    double allowed = static_cast<double>(run_.rules.clock_tolerance_us) / 1e6;
    for (size_t i = 0; i < client.size(); ++i) {
      if (std::abs(client[i] - server[i]) <= allowed) continue;
      run_.fault(where(),
                 "the clocks of client and server differ by " +
                     std::to_string(std::abs(client[i] - server[i])) + " s in phase " +
                     std::to_string(i + 1) + " of " + mode + "; " + std::to_string(allowed) +
                     " s are allowed",
                 "set both by one NTP server, then measure again");
    }
  }

  // False: nothing more is looked at, as the official checker does.
  bool check_durations(const LoadTimes& ranging, const LoadTimes& testing) {
    double longer = ranging.seconds(), test = testing.seconds();
    double difference = run_.rules.strict_duration
                            ? std::abs(longer - test) / std::max(longer, test)
                            : (longer - test) / longer;
    std::string said = "the ranging run took " + std::to_string(longer) + " s, the test " +
                       std::to_string(test) + " s";
    const char* help = "run both with the same settings";
    if (run_.rules.strict_duration) {
      if (!(difference < 0.15)) run_.fault(where(), said, help);
      return true;
    }
    if (longer == 0) {
      run_.fault(where(), said, help);
      return false;
    }
    if (difference > 0.5) run_.warn(where(), said, help);
    return !(difference > 0.5);
  }

  std::optional<double> watts(const char* folder, const LoadTimes& load) {
    std::string path = run_.path(std::string(folder) + "/spl.txt");
    Result<std::string> text = read_official_text(run_.result.root + "/" + path);
    if (!text) {
      run_.fault(path, text.error().message, text.error().help);
      return std::nullopt;
    }
    PowerSamples samples = power_samples(*text, load, run_.rules.only_samples);
    if (samples.bad_line == 0) return rounded(samples.watts, 5);
    run_.fault({path, samples.bad_line}, "this line is no sample of SPEC PTDaemon",
               "copy the file unchanged from power-dev's output");
    return std::nullopt;
  }

  void check_averages(const LoadTimes& ranging, const LoadTimes& testing) {
    std::optional<double> before = watts("ranging", ranging), test = watts("run_1", testing);
    if (!before || !test) return;
    if (*before != 0 && rounded((*test / *before - 1) * 100, 2) > -5) return;
    run_.fault(run_.path("run_1/spl.txt"),
               "the test drew " + std::to_string(*test) + " W on average, the ranging run " +
                   std::to_string(*before) + " W; at least 95 % of it are asked for",
               "measure both runs again, with the same settings");
  }

  const PowerRun& run_;
};

}  // namespace

void check_power_phases(const PowerRun& run) { Phases(run).check(); }

}  // namespace mlpgen::submission
