// The official submission checker of mlcommons/inference, run unmodified as a process of its own.
#pragma once

#include <string>

#include "base/result.h"

namespace mlpgen::submission {

struct OfficialRequest {
  std::string
      inference_src;    // checkout of mlcommons/inference, or the checker's folder in it; only read
  std::string python;   // a Python 3 that has PyYAML
  std::string tree;     // submission tree, as it shall appear in the CSV's Location
  std::string version;  // "v5.1"
  std::string submitter;
  bool skip_dataset_size = false;
  std::string csv;  // summary.csv to write
  std::string log;  // everything that the checker prints
};

struct OfficialVerdict {
  bool ok = false;
  int exit_code = 0;
  std::string last_line;  // "SUMMARY: submission looks OK" without the logger's prefix
  std::string sha256;  // of the checker that ran: over path (from the checker's folder) and text of
                       // its .py files, sorted
};

// An error when the checker could not be run at all (no checkout, no Python, unknown version); a
// verdict otherwise. It is OK only when the exit code is 0 and the last line says so.
Result<OfficialVerdict> run_official_checker(const OfficialRequest& request);

}  // namespace mlpgen::submission
