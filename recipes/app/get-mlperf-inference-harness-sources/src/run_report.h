// The parts of harness.json that every harness writes.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "progress.h"
#include "run_log.h"
#include "test_options.h"

namespace mlpgen {

// The cores that this process may use, ascending.
std::vector<int> allowed_cores();

// The state of the machine before a run: load average over 1, 5 and 15 minutes, frequency governor
// of the first core ("unknown" where the kernel does not say) and the cores that the process may
// use.
nlohmann::ordered_json describe_host();

// What was asked for.
nlohmann::ordered_json describe_test(const TestOptions& options);

// What LoadGen says of the run.
nlohmann::ordered_json describe_result(const RunLog& log, const Counts& counts);

// Writes DIR/harness.json. Throws Failure.
void write_report(const std::string& dir, const nlohmann::ordered_json& report);

}  // namespace mlpgen
