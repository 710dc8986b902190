// What every harness is told about the test, by flags of the same names.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "flags.h"

namespace mlpgen {

struct TestOptions {
  std::string model_name;                        // LoadGen's name of the model: "retinanet"
  std::string scenario;                          // LoadGen's name: "Offline"
  bool accuracy = false;                         // --mode accuracy
  std::string user_conf;                         // file
  std::string audit_config;                      // file; empty: none
  std::optional<std::array<uint64_t, 3>> seeds;  // QSL, sample index, schedule
  size_t performance_sample_count = 0;           // 0: all samples
  std::string out;                               // folder
  std::string sut_name = "mlpgen-cpp";
  bool require_valid = false;
};

// The flags that set `options`, which must outlive them. `scenarios` are those that the harness
// runs.
std::vector<Flag> test_flags(TestOptions& options, const std::vector<std::string>& scenarios);

// Throws Failure unless `path` is a file.
void require_file(std::string_view flag, const std::string& path);

// The same of the files of `options`.
void require_files(const TestOptions& options);

}  // namespace mlpgen
