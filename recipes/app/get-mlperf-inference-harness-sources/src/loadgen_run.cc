// Options, a system under test and its samples -> one LoadGen run, judged by its logs.
#include "loadgen_run.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "loadgen.h"
#include "test_settings.h"
#include "user_conf.h"

namespace mlpgen {
namespace {

mlperf::TestScenario scenario_of(const std::string& name) {
  if (name == "Offline") return mlperf::TestScenario::Offline;
  if (name == "Server") return mlperf::TestScenario::Server;
  if (name == "MultiStream") return mlperf::TestScenario::MultiStream;
  return mlperf::TestScenario::SingleStream;
}

// FromConfig has three arguments: the fourth changed its meaning between versions. It sets
// scenario, mode and seeds itself, so they are set after it.
mlperf::TestSettings make_settings(const TestOptions& options) {
  mlperf::TestSettings settings{};
  const int status = settings.FromConfig(options.user_conf, options.model_name, options.scenario);
  if (status != 0)
    throw Failure("LoadGen did not take " + options.user_conf + " (error " +
                  std::to_string(status) + ")");
  settings.scenario = scenario_of(options.scenario);
  settings.mode =
      options.accuracy ? mlperf::TestMode::AccuracyOnly : mlperf::TestMode::PerformanceOnly;
  if (options.seeds) {
    settings.qsl_rng_seed = (*options.seeds)[0];
    settings.sample_index_rng_seed = (*options.seeds)[1];
    settings.schedule_rng_seed = (*options.seeds)[2];
  }
  return settings;
}

}  // namespace

void prepare_run(const TestOptions& options) {
  require_user_conf(options.user_conf, options.model_name);
  if (!options.audit_config.empty())
    require_audit_mode(options.audit_config, options.scenario, options.accuracy);
  const std::string& dir = options.out;
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (!std::filesystem::is_directory(dir))
    throw Failure("cannot make the folder " + dir + ": " + error.message(), "look at --out");
  if (std::filesystem::exists(dir + "/mlperf_log_detail.txt"))
    throw Failure(dir + " already holds a run", "give --out another folder");
}

RunLog run_loadgen(const TestOptions& options, mlperf::SystemUnderTest& sut,
                   mlperf::QuerySampleLibrary& samples, const Counts& counts) {
  const mlperf::TestSettings settings = make_settings(options);
  mlperf::LogSettings log;
  log.enable_trace = false;
  log.log_output.outdir = options.out;
  {
    const Progress progress(
        counts, options.scenario + (options.accuracy ? " accuracy" : " performance"),
        options.accuracy ? samples.TotalSampleCount() : 0, options.scenario == "Offline");
    mlperf::StartTest(&sut, &samples, settings, log, options.audit_config);
  }
  return read_run_log(options.out);
}

void check_run(const TestOptions& options, const RunLog& log, const Counts& counts, size_t total) {
  if (counts.completed != counts.issued)
    throw Failure(std::to_string(counts.issued - counts.completed) + " responses are missing");
  if (const LogError* error = find_fatal(log, options.accuracy))
    throw Failure("LoadGen logged an error: " + error->text,
                  "see " + options.out + "/mlperf_log_detail.txt");
  if (options.accuracy) require_responses(log, read_accuracy_indices(options.out), total);
  if (!options.require_valid || log.validity != "INVALID") return;
  std::string reasons;
  for (const std::string& reason : log.reasons) reasons += "\n       " + reason;
  throw Failure("LoadGen calls the run INVALID:" + reasons,
                "see " + options.out + "/mlperf_log_summary.txt", kExitInvalid);
}

void give_up(const Failure& failure) {
  std::fprintf(stderr, "error: %s\n", failure.what());
  if (!failure.help.empty()) std::fprintf(stderr, "help: %s\n", failure.help.c_str());
  std::_Exit(failure.exit_code);
}

int guarded(const std::function<void()>& work) {
  try {
    work();
    return 0;
  } catch (const Failure& failure) {
    give_up(failure);
  } catch (const std::exception& error) {
    give_up(Failure(error.what()));
  }
}

}  // namespace mlpgen
