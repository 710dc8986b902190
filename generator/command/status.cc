// mlpgen status: what runs in a run directory now, from any terminal.
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/progress/lines.h"
#include "command/progress/running.h"
#include "command/request/session.h"
#include "file/terminal.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using StatusJson = nlohmann::ordered_json;
constexpr size_t kAllRows = 1000;

StatusJson status_json(const Snapshot& now) {
  StatusJson j = {{"format", 1},
                  {"done", now.done},
                  {"edges", now.total},
                  {"left_s", now.left},
                  {"running", StatusJson::array()},
                  {"failed", now.failed},
                  {"interrupted", now.interrupted}};
  for (const RunningEdge& e : now.running) {
    StatusJson one = {{"edge", e.name},       {"identity", e.identity}, {"mode", to_word(e.mode)},
                      {"seconds", e.seconds}, {"usual_s", e.usual},     {"waits_for", e.waits_for}};
    if (!e.progress.unit.empty())
      one["progress"] = {{"done", e.progress.done},
                         {"total", e.progress.total},
                         {"unit", e.progress.unit},
                         {"rate", e.progress.rate}};
    j["running"].push_back(one);
  }
  return j;
}

std::string total_line(const Snapshot& now) {
  std::string text =
      std::to_string(now.done) + " of " + counted(now.total, "edge") + " done, " +
      (now.running.empty() ? "nothing runs" : std::to_string(now.running.size()) + " running");
  if (!now.running.empty() && now.left >= 1) text += "; about " + short_time(now.left) + " left";
  return text;
}

void print_status(const Session& s, const Snapshot& now) {
  Terminal t = terminal_at(STDOUT_FILENO);
  size_t columns = t.is_terminal ? t.columns : 160;
  for (const std::string& line :
       progress_lines(now, total_line(now), columns, kAllRows, t.colour()))
    std::cout << line << "\n";
  std::string here = s.in_directory();
  if (!now.failed.empty())
    std::cout << "failed: " << join(now.failed, ", ") << "  (`mlpgen log" << here
              << " --failed` says why)\n";
  if (!now.interrupted.empty())
    std::cout << "interrupted: " << join(now.interrupted, ", ") << "  (`mlpgen build" << here
              << "` goes on)\n";
}

}  // namespace

static int run_status(const CommandLine& line) {
  Session s(line);
  if (!s.is_configured()) return s.finish();
  Result<std::vector<StepSummary>> steps = list_steps(".");
  if (!steps) {
    s.sink.error("damaged-plan", {}, steps.error().message).with_help(steps.error().help);
    return s.finish();
  }
  Watch watch(std::move(*steps), static_cast<size_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN))));
  Snapshot now = watch.look();
  if (s.json)
    std::cout << status_json(now).dump(2, ' ', false, StatusJson::error_handler_t::replace) << "\n";
  else
    print_status(s, now);
  return s.finish();
}

CommandEntry status_entry() {
  return {"status",
          "",
          "Print what runs in this run directory now, what waits and for whom, and what failed",
          "It works beside `mlpgen build` and beside plain `ninja`, and changes nothing.",
          {kDirectoryOption, kFormatOption, kHelpOption},
          false,
          run_status};
}

}  // namespace mlpgen
