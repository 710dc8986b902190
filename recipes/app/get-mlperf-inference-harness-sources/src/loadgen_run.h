// Options, a system under test and its samples -> one LoadGen run, judged by its logs.
#pragma once

#include <functional>
#include <string>

#include "progress.h"
#include "query_sample_library.h"
#include "run_log.h"
#include "system_under_test.h"
#include "test_options.h"

namespace mlpgen {

// Refuses settings that LoadGen would pass over, and makes the folder of --out, which holds no
// other run. Throws Failure.
void prepare_run(const TestOptions& options);

// The run; what its logs say. Throws Failure if LoadGen does not take the settings.
RunLog run_loadgen(const TestOptions& options, mlperf::SystemUnderTest& sut,
                   mlperf::QuerySampleLibrary& samples, const Counts& counts);

// Throws Failure if responses are missing, if LoadGen logged an error that voids the run, or if an
// INVALID run was to be VALID. `total`: samples of the data set.
void check_run(const TestOptions& options, const RunLog& log, const Counts& counts, size_t total);

// Ends the program at once: LoadGen would wait for a lost response for ever, and threads of its own
// may still run.
[[noreturn]] void give_up(const Failure& failure);

// Of main(): runs `work`; a Failure becomes two lines on standard error and the exit code.
int guarded(const std::function<void()>& work);

}  // namespace mlpgen
