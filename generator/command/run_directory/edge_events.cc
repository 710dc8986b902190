// JSON lines -> EdgeRun.
#include "command/run_directory/edge_events.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "command/request/edges.h"
#include "edge/edge_record.h"
#include "file/file.h"
#include "machine/lock_holders.h"
#include "step/step.h"

namespace mlpgen {
namespace {

int64_t moment_of(const nlohmann::json& line, const char* key) {
  auto at = line.find(key);
  return at == line.end() || !at->is_object() ? 0 : at->value("monotonic_ns", int64_t{0});
}

bool is_locked(const std::string& identity) {
  return !lock_takers(locked_file(".mlpgen/lock/" + identity.substr(0, 12))).empty();
}

}  // namespace

const char* to_word(EdgeState state) {
  switch (state) {
    case EdgeState::kFinished:
      return "done";
    case EdgeState::kRunning:
      return "running";
    case EdgeState::kWaiting:
      return "waiting";
    case EdgeState::kFailed:
      return "failed";
    case EdgeState::kInterrupted:
      return "interrupted";
    case EdgeState::kNeverRun:
      return "never run";
  }
  return "";
}

void EdgeEvents::take(const std::string& line) {
  nlohmann::json j = nlohmann::json::parse(line, nullptr, false);
  if (!j.is_object() || !j.contains("identity")) return;
  std::string event = j.value("event", ""), identity = j.value("identity", "");
  EdgeRun& run = runs_[identity];
  if (event == "start") {
    run = {};
    run.name = j.value("name", "");
    run.mode = j.value("mode", "");
    run.started = moment_of(j, "at");
  } else if (event == "begin") {
    run.began = moment_of(j, "at");
  } else if (event == "failed") {
    run.ended = moment_of(j, "at");
    run.exit_status = 1;
  } else if (event == "edge") {
    run.name = j.value("name", "");
    run.mode = j.value("mode", "");
    run.began = moment_of(j, "acquired");
    run.ended = moment_of(j, "released");
    run.finished = j.value("finished", false);
    run.exit_status = j.value("exit_status", 0);
    run.signal = j.value("signal", 0);
    run.interrupted = j.value("interrupted", false);
    if (run.finished) seconds_[run.name] = static_cast<double>(run.ended - run.began) / 1e9;
  }
}

void EdgeEvents::read_new() {
  std::ifstream file(kEdgeRecords, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(read_));
  for (std::string line; std::getline(file, line) && !file.eof();) {
    read_ += line.size() + 1;
    take(line);
  }
}

EdgeState EdgeEvents::state(const std::string& identity, const std::string& directory) const {
  auto run = runs_.find(identity);
  bool open = run != runs_.end() && run->second.ended == 0 && is_locked(identity);
  if (open) return run->second.began == 0 ? EdgeState::kWaiting : EdgeState::kRunning;
  if (is_made(directory)) return EdgeState::kFinished;
  if (run == runs_.end()) return EdgeState::kNeverRun;
  bool failed = run->second.ended != 0 && !run->second.interrupted;
  return failed ? EdgeState::kFailed : EdgeState::kInterrupted;
}

std::optional<double> EdgeEvents::usual_seconds(const std::string& name) const {
  auto at = seconds_.find(name);
  return at == seconds_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace mlpgen
