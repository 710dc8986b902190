// Rules of the accuracy run: LoadGen's errors, the cut log, the metric's value, how many samples
// were covered.
#include <filesystem>

#include "checker/result_under_check.h"
#include "file/file.h"
#include "loadgen/accuracy_text.h"
#include "loadgen/official_text.h"
#include "loadgen/python_text.h"
#include "loadgen/truncate.h"
#include "text/text.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

constexpr uint64_t kLargestLog = 10 * 1024;  // bytes, submission.md §6

struct Value {
  const Metric* metric;
  std::optional<std::string> digits{};       // of the last line that has it
  std::optional<std::string> low{}, high{};  // of a line below at_least, above at_most
  std::optional<std::string> unreadable{};   // of a line whose digits are no number
  bool reached = false;                      // some line has at least at_least

  void take(const std::string& found) {
    digits = found;
    std::optional<double> number = to_number(found);
    if (!number) {
      unreadable = found;
      return;
    }
    if (metric->at_least && *number < metric->at_least->value) low = found;
    if (metric->at_most && *number > metric->at_most->value) high = found;
    reached = reached || low != found;
  }
};

// Reads line by line until all thresholds are reached and the hash was seen, as the official
// checker does. One line below the target spoils the result, whatever follows it.
std::vector<Value> read_values(ResultUnderCheck& r) {
  std::vector<Value> values;
  for (const Metric* m : r.rules->metrics(r.place.scenario)) values.push_back({m});
  bool hashed = false;
  for (const std::string& line : split(*r.accuracy_txt, '\n')) {
    hashed = hashed || !hash_line_of(line).empty();
    bool all = true;
    for (Value& v : values) {
      if (std::optional<std::string> digits = metric_in_line(v.metric->name, line)) v.take(*digits);
      all = all && (v.reached || !v.metric->at_least);
    }
    if (all && hashed) break;
  }
  return values;
}

void check_value(ResultUnderCheck& r, const Value& v, const std::string& where) {
  Strictness severity = r.in_closed(Strictness::kWarning);
  const std::string& name = v.metric->name;
  if (!v.digits) {
    if (!v.metric->at_least) return;
    return r.report.say(severity, "accuracy", where, "accuracy.txt has no line with " + name,
                        "put the accuracy script's whole output into accuracy.txt");
  }
  if (v.unreadable)
    return r.error("accuracy", where, name + " is '" + *v.unreadable + "', which is not a number",
                   "run the accuracy script again");
  if (v.low)
    r.report.say(severity, "accuracy", where,
                 name + " is " + *v.low + "; " + r.round.name.value + " asks for at least " +
                     python_text(v.metric->at_least->value) + " in the closed division",
                 "keep the output of one run of the accuracy script; each of its lines counts");
  if (v.high)
    r.report.say(severity, "accuracy", where,
                 name + " is " + *v.high + "; " + r.round.name.value + " allows at most " +
                     python_text(v.metric->at_most->value) + " in the closed division",
                 "keep the output of one run of the accuracy script; each of its lines counts");
}

void check_text(ResultUnderCheck& r) {
  std::string where = r.place.accuracy() + "/accuracy.txt";
  if (!r.accuracy_txt) return;
  if (hash_line_of(*r.accuracy_txt).empty())
    r.report.say(r.in_closed(Strictness::kWarning), "hash", where,
                 "accuracy.txt has no line hash=...",
                 "cut the log with `mlpgen-tool truncate-accuracy-log`, which writes the line");
  if (!r.rules) return;
  if (has_foreign_digit(*r.accuracy_txt))
    r.error("accuracy", where, "accuracy.txt holds digits that are not 0 to 9",
            "write them as 0 to 9; the official checker takes them for digits, too");
  for (const Value& v : read_values(r)) {
    check_value(r, v, where);
    if (v.digits && v.metric->at_least) r.accuracies.emplace_back(v.metric->name, *v.digits);
  }
}

void check_cut_log(ResultUnderCheck& r) {
  std::string where = r.place.accuracy() + "/mlperf_log_accuracy.json";
  Result<FileStamp> stamp = stamp_of(r.root + "/" + where);
  if (!stamp)
    return r.error("missing-file", where, "mlperf_log_accuracy.json is missing",
                   "put the log there that `mlpgen-tool truncate-accuracy-log` cut");
  if (stamp->size > kLargestLog)
    r.report.say(r.in_closed(r.round.strictness(Rule::kAccuracyLog)),
                 std::string(word_of(Rule::kAccuracyLog)), where,
                 "the accuracy log has " + std::to_string(stamp->size) + " bytes; at most " +
                     std::to_string(kLargestLog) + " are allowed",
                 "cut it with `mlpgen-tool truncate-accuracy-log`");
}

void check_coverage(ResultUnderCheck& r, bool skip_size) {
  std::string where = r.place.accuracy() + "/mlperf_log_detail.txt";
  std::optional<int64_t> wanted = r.rules->samples_to_cover(r.place.scenario);
  if (skip_size)
    return r.report.leave_out("how many samples the accuracy run covered (--part-of-dataset)");
  if (!wanted) return;
  std::optional<double> found = r.accuracy->number("effective_accuracy_sample_count");
  if (!found) found = r.accuracy->number("qsl_reported_total_count");
  if (found && *found == static_cast<double>(*wanted)) return;
  r.report.say(r.round.strictness(Rule::kAccuracySamples), "accuracy-samples", where,
               "the accuracy run covered " +
                   (found ? std::to_string(static_cast<int64_t>(*found)) : "an unknown number of") +
                   " samples; the data set of " + r.model + " has " + std::to_string(*wanted),
               "run on the whole data set; a test run is checked with --part-of-dataset");
}

void check_payload(ResultUnderCheck& r) {
  for (const auto& [folder, stems] : r.rules->accuracy_files) {
    std::string where = r.place.accuracy() + "/" + folder;
    std::vector<std::string> there;
    for (const std::string& name : files_in(r.root + "/" + where))
      there.push_back(name.substr(0, name.find('.')));
    std::string missing;
    for (const std::string& stem : stems)
      if (std::find(there.begin(), there.end(), stem) == there.end())
        missing += (missing.empty() ? "" : ", ") + stem;
    if (!missing.empty())
      r.report.say(r.modular() ? Strictness::kError : r.in_closed(Strictness::kWarning),
                   "missing-file", where,
                   "these samples of " + r.model + " are missing: " + missing,
                   "put the outputs of these ids of the accuracy run there");
  }
}

}  // namespace

void check_accuracy(ResultUnderCheck& r, bool skip_dataset_size) {
  check_text(r);
  check_cut_log(r);
  if (r.accuracy)
    for (const std::string& error : r.accuracy->errors())
      r.report.say(r.in_closed(r.round.strictness(Rule::kAccuracyLog)),
                   std::string(word_of(Rule::kAccuracyLog)),
                   r.place.accuracy() + "/mlperf_log_detail.txt",
                   "LoadGen logged an error in the accuracy run: " + error,
                   "fix the cause that LoadGen names, then run the accuracy run again");
  if (r.accuracy && r.rules) check_coverage(r, skip_dataset_size);
  if (r.rules) check_payload(r);
}

}  // namespace mlpgen::submission
