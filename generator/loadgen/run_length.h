// How long a run of LoadGen is: the lines of user.conf for the run styles `fast` and `valid`, and
// for measuring a target.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "loadgen/loadgen_log.h"

namespace mlpgen::submission {

struct RunLength {
  std::string style;             // test, fast, valid, or calibration
  std::string model;             // LoadGen's name
  std::string scenario;          // Offline, Server, SingleStream, MultiStream
  std::optional<double> target;  // queries (Server) or samples (Offline) a second, or ms of a
                                 // query; as a user said it
  const LoadgenLog* measured = nullptr;              // of a calibration run, where nobody said it
  std::map<std::string, std::string> settings = {};  // by LoadGen's names; an empty one is left out
  std::vector<std::pair<std::string, std::string>> more = {};  // a user's, over all others
  double calibration_s = 30;  // of a calibration's queries, in seconds
};

// The text of user.conf, a line for each setting. Tokens stand apart by blanks and no comment
// follows a value: LoadGen ignores or refuses the file otherwise. min_duration is never set: the
// 600 s of LoadGen's own mlperf.conf hold, which the checker compares.
//
// What a user says (`more`) stands in place of a line of the same name; a calibration takes of it
// what is not of its length. A test run has its `settings` alone, the other styles their target and
// queries before them. Without a target, Offline takes 1.03 times the measured rate: LoadGen makes
// 660 s of samples of it, so that a run that turns out an eighth faster still lasts 600 s.
// SingleStream and MultiStream take half the measured mean latency of a query, since LoadGen runs
// out of queries where it expects more than there is; a calibration, which ends by its count, takes
// the latency itself. `fast` has a fifth of the queries (submission.md §4): Offline a fifth of the
// rate, the others at most what 132 s bring, but the 64 (662) queries that early stopping needs.
// `calibration` has the queries of `calibration_s`: the few of a first run are over before a
// processor has its usual speed, so their rate says how long to measure, and no more. In Offline
// both say the count too: LoadGen's own, 24,576 for an image classifier, takes a slow system many
// minutes. An error: nobody said a target, and nothing was measured.
Result<std::string> run_length_conf(const RunLength& run);

// One line of user.conf. Whole numbers have all their digits: LoadGen reads 1e+06 as 1 where it
// wants an integer.
std::string conf_line(const std::string& model, const std::string& scenario, const std::string& key,
                      double value);

// The detail log's key of what the system reaches in a scenario that tells it in any run: samples/s
// (Offline), ns of a query.
const char* result_key(const std::string& scenario);

// What a run is told to expect of a system that reached this: samples/s or queries/s, ms of a
// query.
double target_from(const std::string& scenario, double reached);

}  // namespace mlpgen::submission
