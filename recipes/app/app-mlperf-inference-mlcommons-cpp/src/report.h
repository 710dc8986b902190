// What ran, and how -> harness.json (format 1).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "executor.h"
#include "options.h"
#include "run_report.h"
#include "sut.h"

namespace mlpgen {

// Everything that harness.json holds. Times in seconds; `host` is describe_host() at the start.
nlohmann::ordered_json describe_run(const Options& options, const OrtLibrary& library,
                                    const Executor& executor, const SampleLibrary& samples,
                                    const Sut& sut, const RunLog& log,
                                    const nlohmann::ordered_json& host);

}  // namespace mlpgen
