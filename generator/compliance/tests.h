// What each compliance test leaves in a submission tree, below its folder TESTxx.
#pragma once

namespace mlpgen::submission {

struct TestFiles {
  const char* name;
  bool run;             // performance/run_1 and verify_performance.txt
  const char* verdict;  // file of what is said of the outputs; nullptr: nothing is
};
inline constexpr TestFiles kComplianceTests[] = {{"TEST01", true, "verify_accuracy.txt"},
                                                 {"TEST04", true, nullptr},
                                                 {"TEST05", true, nullptr},
                                                 {"TEST06", false, "verify_accuracy.txt"},
                                                 {"TEST07", false, "verify_accuracy.txt"},
                                                 {"TEST08", false, "verify_accuracy.txt"},
                                                 {"TEST09", false, "verify_output_len.txt"}};

}  // namespace mlpgen::submission
