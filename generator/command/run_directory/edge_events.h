// .mlpgen/log/edges.jsonl: what the runners of this directory noted, as the last run of each edge.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace mlpgen {

// Times are CLOCK_MONOTONIC in ns; 0: not noted.
struct EdgeRun {
  std::string name, mode;
  int64_t started = 0;  // it has to run
  int64_t began = 0;    // it has the machine, and its command runs
  int64_t ended = 0;
  bool finished = false;     // its artifact is there
  bool interrupted = false;  // a signal stopped the runner
  int exit_status = 0, signal = 0;
};

enum class EdgeState { kFinished, kRunning, kWaiting, kFailed, kInterrupted, kNeverRun };
const char* to_word(EdgeState state);  // "done", "running", "waiting", "failed", ...

class EdgeEvents {
 public:
  // Reads what was appended since the last call; lines that are none are passed over.
  void read_new();

  const std::map<std::string, EdgeRun>& runs() const { return runs_; }  // by identity
  EdgeState state(const std::string& identity, const std::string& directory) const;
  // Seconds of the last finished run of an edge of that name, whatever its identity.
  std::optional<double> usual_seconds(const std::string& name) const;

 private:
  void take(const std::string& line);

  uint64_t read_ = 0;  // bytes
  std::map<std::string, EdgeRun> runs_;
  std::map<std::string, double> seconds_;  // by name
};

}  // namespace mlpgen
