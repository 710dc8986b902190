// mlpgen log and mlpgen repro: what an edge printed, and how to run its command by hand.
#include "edge/log.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/edges.h"
#include "command/request/session.h"
#include "command/run_directory/edge_events.h"
#include "file/file.h"
#include "text/text.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

using LogJson = nlohmann::ordered_json;
constexpr size_t kFailedLines = 20;

void print(const LogJson& j) {
  std::cout << j.dump(2, ' ', false, LogJson::error_handler_t::replace) << "\n";
}

// The step's own log; else the newest one of an edge of that name, which ran with another identity.
std::string newest_log(const Step& step) {
  std::string own = log_path(step), newest;
  if (exists(own)) return own;
  std::error_code why;
  fs::file_time_type when{};
  for (fs::directory_iterator at(fs::path(own).parent_path(), why), end; !why && at != end;
       at.increment(why))
    if (at->path().extension() == ".log" && (newest.empty() || at->last_write_time(why) > when)) {
      newest = at->path();
      when = at->last_write_time(why);
    }
  return newest;
}

int list_edges(Session& s) {
  Result<std::vector<StepSummary>> steps = list_steps(".");
  if (!steps) {
    s.sink.error("damaged-plan", {}, steps.error().message).with_help(steps.error().help);
    return s.finish();
  }
  std::sort(steps->begin(), steps->end(),
            [](const StepSummary& a, const StepSummary& b) { return a.name < b.name; });
  LogJson j = {{"format", 1}, {"edges", LogJson::array()}};
  EdgeEvents events;
  events.read_new();
  for (const StepSummary& e : *steps) {
    std::string state = to_word(events.state(e.identity, e.directory));
    j["edges"].push_back({{"edge", e.name}, {"identity", e.identity}, {"state", state}});
    if (!s.json) std::cout << e.name << "  " << e.identity.substr(0, 12) << "  " << state << "\n";
  }
  if (s.json) print(j);
  return s.finish();
}

std::string how_it_ended(const EdgeRun& run) {
  if (run.signal) return "killed by signal " + std::to_string(run.signal);
  return "exit status " + std::to_string(run.exit_status);
}

// Each edge whose last run failed, with the end of its log.
int print_failed(Session& s) {
  Result<std::vector<StepSummary>> steps = list_steps(".");
  if (!steps) s.sink.error("damaged-plan", {}, steps.error().message).with_help(steps.error().help);
  if (!steps) return s.finish();
  EdgeEvents events;
  events.read_new();
  LogJson j = {{"format", 1}, {"failed", LogJson::array()}};
  for (const StepSummary& e : *steps) {
    if (events.state(e.identity, e.directory) != EdgeState::kFailed) continue;
    Step step;
    step.name = e.name;
    step.identity = e.identity;
    std::string how = how_it_ended(events.runs().at(e.identity));
    std::string tail = last_lines(log_path(step), kFailedLines);
    j["failed"].push_back({{"edge", e.name},
                           {"identity", e.identity},
                           {"how", how},
                           {"log", log_path(step)},
                           {"last_lines", tail}});
    if (!s.json)
      std::cout << e.name << ": " << how << "\n  | " << replace_all(tail, "\n", "\n  | ")
                << "\nlog:   " << log_path(step) << "\nrepro: mlpgen repro " << e.name << "\n";
  }
  if (s.json) print(j);
  if (!s.json && j["failed"].empty()) std::cout << "No edge failed.\n";
  return s.finish();
}

// What `mlpgen log EDGE` prints: the path of its log, or the text.
void print_log(Session& s, const Step& step, const std::string& path, bool path_only) {
  Result<std::string> text = path_only ? std::string() : read_file(path);
  if (!text) s.sink.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
  if (!text) return;
  if (s.json) {
    LogJson j = {{"format", 1},
                 {"edge", step.name},
                 {"identity", step.identity},
                 {"log", path},
                 {"of_present_inputs", path == log_path(step)}};
    if (!path_only) j["text"] = *text;
    return print(j);
  }
  std::cout << (path_only ? path + "\n" : *text) << std::flush;
}

}  // namespace

static int run_log(const CommandLine& line) {
  Session s(line);
  if (!s.is_configured()) return s.finish();
  if (line.has("--failed")) return print_failed(s);
  if (line.words.empty()) return list_edges(s);
  std::optional<Step> step = find_edge(line.words.front(), s.sink);
  if (!step) return s.finish();
  std::string path = newest_log(*step);
  if (path.empty()) {
    s.sink.error("no-log", {}, step->name + " has not run in this directory")
        .with_help("`ninja` runs it; `mlpgen explain " + step->name + "` says what it waits for");
    return s.finish();
  }
  if (path != log_path(*step))
    s.sink
        .warning("older-log", {},
                 step->name + " has not run with its present inputs; this log is of an earlier run")
        .with_help("`mlpgen explain " + step->name + "` says what changed");
  print_log(s, *step, path, line.has("--path"));
  return s.finish();
}

static int run_repro(const CommandLine& line) {
  Session s(line);
  if (!s.is_configured()) return s.finish();
  if (line.words.empty()) {
    s.sink.error("missing-word", {}, "the script of which edge?")
        .with_help("write its name; `mlpgen log` lists the edges");
    return s.finish_usage();
  }
  if (std::optional<Step> step = find_edge(line.words.front(), s.sink)) {
    std::string script = repro_script(*step, fs::current_path().string());
    if (s.json)
      print(
          {{"format", 1}, {"edge", step->name}, {"identity", step->identity}, {"script", script}});
    else
      std::cout << script;
  }
  return s.finish();
}

CommandEntry log_entry() {
  return {
      "log",
      "[EDGE]",
      "Print the newest log of an edge",
      R"(EDGE is its name, a part of it that only one has, or its identity. Without it: all edges
with their state: done, running, waiting (for the machine), failed, interrupted, never run.)",
      {{"--failed", "", "print the edges that failed, with the last lines of their logs"},
       {"--path", "", "print the path of the log, not its text"},
       kDirectoryOption,
       kFormatOption,
       kHelpOption},
      false,
      run_log};
}

CommandEntry repro_entry() {
  return {"repro",
          "EDGE",
          "Print a shell script that runs the command of an edge by hand",
          "It fills a new folder and changes no artifact. It contains no secrets.",
          {kDirectoryOption, kFormatOption, kHelpOption},
          false,
          run_repro};
}

}  // namespace mlpgen
