// mlpgen runs: the measurements of a run directory, also earlier and failed ones: listed, compared,
// collected.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "command/options.h"
#include "command/request/edges.h"
#include "command/request/session.h"
#include "file/file.h"
#include "loadgen/run_length.h"
#include "text/text.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

using Json = nlohmann::json;

struct MeasurementRun {
  std::string edge, identity, folder, began, state;  // state: in use, earlier, failed
  double seconds = 0;
  bool quiet = true;
  std::string scenario, validity, result;  // "" where LoadGen left no log
};

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.5g", value);
  return text;
}

// "472.3 samples/s", "1.2 ms"; "" without a result.
std::string shown_result(const submission::LoadgenLog& log, const std::string& scenario) {
  const bool server = scenario == "Server", rate = server || scenario == "Offline";
  std::optional<double> value =
      log.number(server ? "result_completed_samples_per_sec" : submission::result_key(scenario));
  if (!value) return "";
  return short_number(rate ? *value : *value / 1e6) + (server ? " queries/s"
                                                       : rate ? " samples/s"
                                                              : " ms");
}

void add_run(const std::string& folder, const std::string& state,
             std::vector<MeasurementRun>& runs) {
  Result<std::string> text = read_file(folder + "/measurement.json");
  if (!text) return;
  const Json j = Json::parse(*text, nullptr, false);
  if (!j.is_object()) return;
  MeasurementRun run;
  run.edge = j.value("name", "");
  run.identity = j.value("identity", "").substr(0, 12);
  run.folder = folder;
  run.began = j.value("began", "");
  run.state = state;
  run.seconds = j.value("seconds", 0.0);
  run.quiet = j.value("quiet", true);
  Result<submission::LoadgenLog> log =
      submission::LoadgenLog::read(folder + "/mlperf_log_detail.txt");
  if (log) {
    run.scenario = log->text("effective_scenario").value_or("");
    run.validity = log->text("result_validity").value_or("");
    run.result = shown_result(*log, run.scenario);
  }
  runs.push_back(std::move(run));
}

std::vector<std::string> folders_below(const std::string& folder) {
  std::vector<std::string> all;
  std::error_code why;
  for (fs::directory_iterator at(folder, why), end; !why && at != end; at.increment(why))
    if (at->is_directory(why)) all.push_back(at->path());
  return all;
}

// Those of `edges` (none: of all), by edge and time.
std::vector<MeasurementRun> runs_here(const std::set<std::string>& edges, Sink& sink) {
  std::set<std::string> used;
  Result<std::vector<StepSummary>> steps = list_steps(".");
  if (!steps) {
    sink.error("damaged-plan", {}, steps.error().message).with_help(steps.error().help);
    return {};
  }
  for (const StepSummary& step : *steps) used.insert(step.directory);
  std::vector<MeasurementRun> runs;
  for (const std::string& recipe : folders_below("out"))
    for (const std::string& folder : folders_below(recipe))
      if (is_made(folder)) add_run(folder, used.count(folder) ? "in use" : "earlier", runs);
  for (const std::string& folder : folders_below(".mlpgen/failed")) add_run(folder, "failed", runs);
  if (!edges.empty())
    std::erase_if(runs, [&](const MeasurementRun& r) { return !edges.count(r.edge); });
  std::sort(runs.begin(), runs.end(), [](const MeasurementRun& a, const MeasurementRun& b) {
    return std::tie(a.edge, a.began, a.folder) < std::tie(b.edge, b.began, b.folder);
  });
  return runs;
}

Json run_json(const MeasurementRun& r) {
  return {{"edge", r.edge},    {"identity", r.identity}, {"folder", r.folder},
          {"began", r.began},  {"seconds", r.seconds},   {"state", r.state},
          {"quiet", r.quiet},  {"scenario", r.scenario}, {"validity", r.validity},
          {"result", r.result}};
}

void print_runs(const std::vector<MeasurementRun>& runs) {
  std::string edge;
  for (const MeasurementRun& r : runs) {
    if (r.edge != edge) std::cout << r.edge << "\n";
    edge = r.edge;
    std::vector<std::string> parts = {r.began, short_number(r.seconds) + " s"};
    for (const std::string& part : {r.result, r.validity})
      if (!part.empty()) parts.push_back(part);
    if (!r.quiet) parts.push_back("the machine was not quiet");
    std::cout << "  " << r.identity << "  " << r.state << ": " << join(parts, ", ")
              << (r.state == "failed" ? "; " + r.folder : "") << "\n";
  }
}

const MeasurementRun* one_run(const std::vector<MeasurementRun>& runs, const std::string& word,
                              Sink& sink) {
  const MeasurementRun* found = nullptr;
  for (const MeasurementRun& r : runs) {
    if (word.empty() || (!r.identity.starts_with(word) && r.folder != word)) continue;
    if (found)
      sink.error("ambiguous-edge", {}, "'" + word + "' names several runs")
          .with_help("write the folder of one: " + found->folder + " or " + r.folder);
    if (found) return nullptr;
    found = &r;
  }
  if (!found)
    sink.error("unknown-edge", {}, "there is no run '" + word + "' here")
        .with_help("`mlpgen runs` lists them: take the first digits of one, or its folder");
  return found;
}

// What LoadGen was told and what came out, where the two differ.
void compare_runs(const MeasurementRun& one, const MeasurementRun& two, Sink& sink) {
  std::vector<submission::LoadgenLog> logs;
  for (const MeasurementRun* run : {&one, &two}) {
    auto log = submission::LoadgenLog::read(run->folder + "/mlperf_log_detail.txt");
    if (!log)
      sink.error("unreadable-file", {}, log.error().message).with_help(log.error().help);
    else
      logs.push_back(std::move(*log));
  }
  if (logs.size() != 2) return;
  std::set<std::string> keys;
  for (const submission::LoadgenLog& log : logs)
    for (const auto& [key, value] : log.values())
      if (key.starts_with("effective_") || key.starts_with("result_")) keys.insert(key);
  for (const std::string& key : keys) {
    const Json *a = logs[0].find(key), *b = logs[1].find(key);
    if (a && b && *a == *b) continue;
    std::cout << key << ": " << (a ? a->dump() : "-") << " | " << (b ? b->dump() : "-");
    if (a && b && a->is_number() && b->is_number() && a->get<double>() != 0)
      std::cout << " (" << short_number(b->get<double>() / a->get<double>()) << " x)";
    std::cout << "\n";
  }
}

void collect_runs(const std::vector<MeasurementRun>& runs, const std::string& folder, Sink& sink) {
  Json all = Json::array();
  std::error_code why;
  for (const MeasurementRun& r : runs) {
    const std::string name =
        replace_all(r.edge, "/", ",") + "," + fs::path(r.folder).filename().string();
    if (Status s = make_directories(folder); s)
      fs::copy(r.folder, folder + "/" + name,
               fs::copy_options::recursive | fs::copy_options::overwrite_existing, why);
    if (why) break;
    all.push_back(run_json(r));
    all.back()["folder"] = name;
  }
  Status written = why ? Status(Error{folder + " cannot be filled: " + why.message(), ""})
                       : write_file(folder + "/runs.json", all.dump(2) + "\n");
  if (!written)
    sink.error("unwritable-file", {}, written.error().message)
        .with_help("choose another folder with --collect");
  else
    std::cout << "Copied " << counted(runs.size(), "run") << " to " << folder << "\n";
}

}  // namespace

static int run_runs(const CommandLine& line) {
  const std::string shown = line.option("--collect"),
                    folder = shown.empty() ? "" : fs::absolute(shown).string();
  Session s(line);
  if (!s.is_configured()) return s.finish();
  const bool compares = line.has("--compare");
  std::set<std::string> edges;
  if (!compares)
    for (const std::string& word : line.words)
      if (std::optional<Step> step = find_edge(word, s.sink)) edges.insert(step->name);
  if (!s.sink.ok()) return s.finish();
  const std::vector<MeasurementRun> runs = runs_here(edges, s.sink);
  if (compares) {
    if (line.words.size() != 2) {
      s.sink.error("missing-word", {}, "--compare takes two runs")
          .with_help("write the first digits of both; `mlpgen runs` lists them");
      return s.finish_usage();
    }
    const MeasurementRun *one = one_run(runs, line.words[0], s.sink),
                         *two = one_run(runs, line.words[1], s.sink);
    if (one && two) compare_runs(*one, *two, s.sink);
    return s.finish();
  }
  if (s.json) {
    Json all = Json::array();
    for (const MeasurementRun& r : runs) all.push_back(run_json(r));
    std::cout << all.dump(2) << "\n";
  } else {
    print_runs(runs);
  }
  if (!folder.empty() && s.sink.ok()) collect_runs(runs, folder, s.sink);
  return s.finish();
}

CommandEntry runs_entry() {
  return {"runs",
          "[EDGE...]",
          "List the measurements of a run directory, compare and collect them",
          R"(Each attempt is there: the one in use, earlier ones (of `mlpgen rerun`, or with other
settings), and those that failed, whose logs are kept. EDGE limits the list.

Examples:
  mlpgen runs
  mlpgen runs --compare 3f1c0a 9be211   # settings and results of LoadGen that differ
  mlpgen runs --collect=/tmp/runs       # copies with their logs, and runs.json)",
          {{"--compare", "", "compare two runs, named by the first digits of their identities"},
           {"--collect", "DIR", "copy the runs there"},
           kDirectoryOption,
           kFormatOption,
           kHelpOption},
          false,
          run_runs};
}

}  // namespace mlpgen
