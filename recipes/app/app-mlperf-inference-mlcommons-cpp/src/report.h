// What ran, and how -> harness.json (format 1).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "executor.h"
#include "options.h"
#include "run_log.h"
#include "sut.h"

namespace mlpgen {

// The state of the machine before a run: load average over 1, 5 and 15 minutes, frequency governor
// of the first core ("unknown" where the kernel does not say) and the cores that the process may
// use.
nlohmann::ordered_json describe_host();

// Everything that harness.json holds. Times in seconds; `host` is describe_host() at the start.
nlohmann::ordered_json describe_run(const Options& options, const OrtLibrary& library,
                                    const Executor& executor, const SampleLibrary& samples,
                                    const Sut& sut, const RunLog& log,
                                    const nlohmann::ordered_json& host);

}  // namespace mlpgen
