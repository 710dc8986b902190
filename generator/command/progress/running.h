// What runs in a run directory now, from the events that its runners and their commands note.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "command/run_directory/edge_events.h"
#include "step/step.h"

namespace mlpgen {

// How far a command is, by the lines that it appended to its file.
struct Progress {
  uint64_t done = 0, total = 0;  // total 0: not known
  std::string unit;              // "bytes", "samples"; "": the command says nothing
  double rate = 0;               // units a second, since it began to say so; 0: not known yet
};
Progress read_progress(const std::string& identity);

struct RunningEdge {
  std::string name, about, identity;
  Mode mode = Mode::kWork;
  double seconds = 0;     // since its command began, or since it waits
  double usual = 0;       // seconds of its last finished run; 0: it never finished here
  std::string waits_for;  // who has the machine; "": it runs
  Progress progress;
};

// One picture of the run directory.
struct Snapshot {
  size_t done = 0, total = 0;  // edges of the plan
  std::vector<RunningEdge> running;
  std::vector<std::string> failed, interrupted;  // names
  double left = 0;  // seconds, from earlier runs of the edges that are not done; 0: not known
};

class Watch {
 public:
  // Of the plan in this directory. `jobs`: how many edges of work run at once.
  explicit Watch(std::vector<StepSummary> steps, size_t jobs);
  Snapshot look();

 private:
  std::vector<StepSummary> steps_;
  size_t jobs_;
  EdgeEvents events_;
  std::vector<bool> done_;  // what was done stays so while this looks
};

}  // namespace mlpgen
