// One line in .mlpgen/log/edges.jsonl for each command that ran: what held the machine, and when.
#pragma once

#include <string>

#include "process/command.h"
#include "step/clock.h"
#include "step/step.h"

namespace mlpgen {

inline constexpr const char* kEdgeRecords = ".mlpgen/log/edges.jsonl";

struct EdgeRecord {
  Instant started;   // the runner began to look at the edge
  Instant acquired;  // it has the machine lock
  Instant released;  // just before it gives the lock back
  Outcome outcome;
  bool finished = false;  // the artifact is there
};

// Opens the file for appending; -1 where it cannot be opened.
int open_edge_records();

// "start": the edge has to run; "begin": it has the machine, and its command runs; "failed": it did
// not come to its command. append_record() writes its end.
void append_event(int descriptor, const Step& step, const char* event, Instant at);

// Each appends its line by a single write, so that lines of several runners never mix.
void append_record(int descriptor, const Step& step, const EdgeRecord& record);
// A fetch gave the machine to a measurement meanwhile.
void append_pause(int descriptor, Instant released, Instant acquired);

}  // namespace mlpgen
