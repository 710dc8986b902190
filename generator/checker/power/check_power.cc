// Rules of a power measurement: its files, and the number that it gives.
#include "checker/file_set.h"
#include "checker/power/power_run.h"
#include "checker/power/power_times.h"
#include "loadgen/official_text.h"
#include "loadgen/python_text.h"
#include "text/text.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

constexpr double kMjPerJ = 1000;
constexpr double kSamplesOfMultiStream = 8;

void check_power_files(const PowerRun& run) {
  const std::vector<std::string> logs = {"mlperf_log_detail.txt", "mlperf_log_summary.txt",
                                         "spl.txt"};
  struct Set {
    const char* folder;
    std::vector<std::string> wanted, allowed;
  };
  for (const Set& set :
       {Set{"run_1", logs, {"mlperf_log_accuracy.json"}},
        Set{"ranging", logs, {"mlperf_log_accuracy.json"}},
        Set{"power",
            {"client.json", "client.log", "ptd_logs.txt", "server.json", "server.log"},
            {}}}) {
    FileSet found =
        compare_files(run.result.root + "/" + run.path(set.folder), set.wanted, set.allowed);
    for (const std::string& name : found.missing)
      run.fault(run.path(set.folder), name + " is missing", "copy it from power-dev's output");
    for (const std::string& name : found.extra)
      run.fault(run.path(set.folder), name + " does not belong here", "move it elsewhere");
  }
}

// The two tables that describe the measurement stand in the folder of the measurements or in one
// of the three above it; of two files of a name the one farthest up counts.
void check_tables(const PowerRun& run) {
  const Round& round = run.result.round;
  if (run.result.modular() || round_before(round.name.value, "v3.1")) return;
  std::string start = run.result.place.measurements();
  for (const char* name : {"analyzer_table.", "power_settings."}) {
    std::string folder = start, found, beginning(name);
    beginning.pop_back();
    for (int up = 0; up < 4; ++up, folder = folder.substr(0, folder.rfind('/')))
      for (const std::string& file : files_in(run.result.root + "/" + folder))
        if (file.starts_with(beginning)) found = folder + "/" + file;
    if (found.empty())
      run.fault(start, std::string(name) + "* is missing", "write it, here or in a folder above");
    else if (Result<FileStamp> stamp = stamp_of(run.result.root + "/" + found);
             !stamp || stamp->size == 0)
      run.result.report.say(round.strictness(Rule::kEmptyValues), "empty-file", found,
                            "the file is empty", "fill it");
  }
}

// The single-file checkers work out the result of the ranging run as well, and end at a log that
// does not have it.
void check_ranging_result(const PowerRun& run) {
  ResultUnderCheck& r = run.result;
  if (r.modular()) return;
  std::string path = run.path("ranging/mlperf_log_detail.txt");
  std::optional<LoadgenLog> log = read_log(r.report, r.root, path);
  if (!log) return;
  auto field = r.round.result_fields.find(log->text("effective_scenario").value_or(""));
  if (field == r.round.result_fields.end() || !log->number(field->second))
    run.fault(path, "the log of the ranging run has no result", "measure both runs again");
}

// W for Offline, Server and Interactive; mJ a query for the two stream scenarios.
std::optional<double> metric(const PowerRun& run, const LoadTimes& load, double watts) {
  ResultUnderCheck& r = run.result;
  std::string scenario = lower(r.place.scenario);
  if (scenario != "singlestream" && scenario != "multistream") return watts;
  std::optional<double> queries = r.performance->number("result_query_count");
  if (!queries || *queries < 1) {
    run.fault(r.log_path(), "LoadGen's log has no number of queries (result_query_count)",
              "take the log as LoadGen wrote it");
    return std::nullopt;
  }
  double seconds = load.seconds();
  double inferred = scenario == "multistream" && lower(r.scenario_run()) == "singlestream"
                        ? kSamplesOfMultiStream
                        : 1;
  return watts * seconds * inferred * kMjPerJ / static_cast<double>(static_cast<int64_t>(*queries));
}

void check_metric_of(const PowerRun& run) {
  ResultUnderCheck& r = run.result;
  if (!r.performance) return;
  std::optional<int64_t> begin = power_time(r.performance->text("power_begin").value_or(""));
  std::optional<int64_t> end = power_time(r.performance->text("power_end").value_or(""));
  if (!begin || !end)
    return run.fault(r.log_path(), "the log does not say when the load began and ended",
                     "take the log as LoadGen wrote it; it holds power_begin and power_end");
  std::string path = run.path("run_1/spl.txt");
  Result<std::string> text = read_official_text(r.root + "/" + path);
  if (!text) return run.fault(path, text.error().message, text.error().help);
  LoadTimes load{*begin, *end};
  PowerSamples samples = power_samples(*text, load, false);
  if (samples.bad_line > 0)
    return run.fault({path, samples.bad_line}, "this line is no sample of SPEC PTDaemon",
                     "copy the file unchanged from power-dev's output");
  if (samples.watts < 0)
    return run.fault(path, "no sample of power lies between power_begin and power_end",
                     "set the clocks of system and director by one NTP server, then measure again");
  r.power_metric = metric(run, load, samples.watts);
}

bool is_session(const PowerRun& run, const nlohmann::json& object, const char* file) {
  if (!object.is_object()) return false;  // said
  bool complete = true;
  for (const char* key : {"version", "timezone", "modules", "sources", "messages", "uuid",
                          "session_name", "results", "phases"})
    if (!object.contains(key)) {
      run.fault(run.path(file), std::string("the session has no '") + key + "'",
                "copy the file unchanged from power-dev's output");
      complete = false;
    }
  return complete;
}

}  // namespace

void check_power(ResultUnderCheck& r) {
  if (!r.power) return;
  static const PowerRules kNone{};
  const PowerRules* rules = power_rules(r.round);
  PowerRun run{r, rules ? *rules : kNone, r.place.result() + "/performance", {}, {}};
  check_power_files(run);
  check_tables(run);
  check_ranging_result(run);
  check_metric_of(run);
  if (!rules)
    return r.report.leave_out("what power-dev's client and server noted, of which " +
                              r.round.name.value + "'s checker knows nothing");
  run.client = read_object(r.report, r.root, run.path("power/client.json"), "the client's session");
  run.server = read_object(r.report, r.root, run.path("power/server.json"), "the server's session");
  bool client = is_session(run, run.client, "power/client.json");
  bool server = is_session(run, run.server, "power/server.json");
  if (!client || !server) return;
  check_power_session(run);
  check_power_phases(run);
  check_power_log(run);
}

}  // namespace mlpgen::submission
