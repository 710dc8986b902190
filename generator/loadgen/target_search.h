// The search for what a system reaches in one scenario: the probes that are done -> the next one,
// or the result. It keeps no state, so that a search that was stopped goes on where it was.
//
// Offline, SingleStream and MultiStream tell what the system reaches in one run: a short probe
// finds the length of the others, which are made until two in a row agree. In Server a rate holds
// or does not: the search brackets the highest that holds, bisects, and confirms it with a longer
// probe.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "loadgen/loadgen_log.h"

namespace mlpgen::submission {

inline constexpr size_t kMostProbes = 12;

struct TargetSearch {
  std::string model;      // LoadGen's name
  std::string scenario;   // Offline, Server, SingleStream, MultiStream
  double start = 0;       // the first target, 1/s or ms; 0: none is expected
  double probe_s = 10;    // seconds of queries in a probe
  double confirm_s = 10;  // and in one that confirms a rate of Server
};

struct Probe {
  double target = 0;   // what is asked: 1/s (Offline, Server) or expected ms of a query
  double seconds = 0;  // of queries at that target
  bool confirms = false;
  bool holds = true;   // Server: the latencies are within their limits
  double reached = 0;  // samples/s (Offline), completed queries/s (Server), mean ms of a query
};

struct SearchStep {
  std::optional<Probe> next;  // its target, seconds and confirms; nothing: the search is over
  std::string why;            // what the next one is for: "bracket", "bisect", "confirm"
  double reached = 0;         // the result, as Probe::reached
  double target = 0;          // what a run should be told: run_length.h says with which margin
};

// An error where kMostProbes were not enough.
Result<SearchStep> next_probe(const TargetSearch& search, std::span<const Probe> done);

// The lines of user.conf that make a run this probe; they stand behind all others.
std::string probe_conf(const TargetSearch& search, const Probe& probe);

// What the log of the probe's run says: `holds` and `reached`. An error where it has no result.
Status read_probe(const TargetSearch& search, const LoadgenLog& log, Probe& probe);

}  // namespace mlpgen::submission
