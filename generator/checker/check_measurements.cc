// Rules of the measurements' folder and of the code folder: submission.md §1, §2.2.
#include <filesystem>

#include "checker/file_set.h"
#include "checker/result_under_check.h"
#include "file/file.h"
#include "loadgen/python_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

void check_files(ResultUnderCheck& r) {
  std::string folder = r.place.measurements();
  for (const std::string& name : r.round.measurement_files) {
    std::string where = folder + "/" + name;
    std::error_code why;
    if (!std::filesystem::is_regular_file(r.root + "/" + where, why)) {
      r.report.say(r.round.strictness(Rule::kMeasurementFiles), "missing-file", where,
                   name + " is missing",
                   name == "README.md" ? "describe in it how the result was made"
                                       : "put the file there that LoadGen read");
    } else if (std::filesystem::file_size(r.root + "/" + where, why) == 0) {
      r.report.say(r.round.strictness(Rule::kEmptyValues), "empty-file", where, name + " is empty",
                   "fill it");
    }
  }
}

void check_keys(ResultUnderCheck& r) {
  if (!r.measurements.is_object()) return;
  for (const char* key : {"input_data_types", "retraining", "starting_weights_filename",
                          "weight_data_types", "weight_transformations"}) {
    auto at = r.measurements.find(key);
    if (at == r.measurements.end())
      r.error("missing-key", r.place.measurements(),
              std::string("the measurements have no '") + key + "'",
              std::string("add \"") + key + "\": \"...\"");
    else if (!is_true(*at))
      r.report.say(r.round.strictness(Rule::kEmptyValues), std::string(word_of(Rule::kEmptyValues)),
                   r.place.measurements(),
                   std::string("'") + key + "' is empty in the measurements",
                   "write something, e.g. \"none\"");
  }
}

}  // namespace

void check_measurements(ResultUnderCheck& r) {
  check_files(r);
  check_keys(r);
  std::string code = r.place.code() + "/" + r.place.model;
  // In its place a file may stand that names another model's folder.
  if (Result<FileStamp> stamp = stamp_of(r.root + "/" + code); !r.modular() && stamp)
    if (Result<std::string> name = read_file(r.root + "/" + code))
      code = r.place.code() + "/" + std::string(trim(*name));
  if (!r.modular() && exists(r.root + "/" + r.place.code()) && !exists(r.root + "/" + code))
    r.error("missing-folder", code, "the code of the model " + r.place.model + " is missing",
            "put the code, or a README.md that says where it is, there");
  if (!exists(r.root + "/" + r.place.code()))
    r.error("missing-folder", r.place.code(), "the folder for the code is missing",
            "put the code, or a README.md that says where it is, there");
}

void check_result_files(ResultUnderCheck& r) {
  struct Set {
    Rule rule;
    Strictness severity;
    std::string folder;
    std::vector<std::string> wanted, allowed;
  };
  const std::vector<std::string> logs = {"mlperf_log_detail.txt", "mlperf_log_summary.txt"};
  std::vector<std::string> four = {"accuracy.txt", "mlperf_log_accuracy.json", logs[0], logs[1]};
  Strictness accuracy = r.in_closed(r.round.strictness(Rule::kAccuracyFiles));
  if (r.round.checker.kind == CheckerKind::kModular) accuracy = Strictness::kWarning;
  Strictness performance = r.round.strictness(Rule::kPerformanceFiles);
  std::vector<std::string> run = logs;
  if (r.power) run.push_back("spl.txt");
  for (const Set& set : {Set{Rule::kAccuracyFiles, accuracy, r.place.accuracy(), four, {}},
                         Set{Rule::kPerformanceFiles,
                             performance,
                             r.place.performance(),
                             run,
                             {"mlperf_log_accuracy.json"}}}) {
    FileSet found = compare_files(r.root + "/" + set.folder, set.wanted, set.allowed);
    std::string rule(word_of(set.rule));
    for (const std::string& name : found.missing)
      r.report.say(set.severity, rule, set.folder, name + " is missing",
                   "copy it from LoadGen's output");
    for (const std::string& name : found.extra)
      r.report.say(set.severity, rule, set.folder, name + " does not belong here",
                   "move it one folder up");
  }
}

}  // namespace mlpgen::submission
