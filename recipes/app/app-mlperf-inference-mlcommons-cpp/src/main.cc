// Command line -> one LoadGen run, its four logs and harness.json.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "loadgen.h"
#include "progress.h"
#include "report.h"
#include "run_log.h"
#include "task.h"
#include "test_settings.h"
#include "user_conf.h"

namespace mlpgen {
namespace {

int print_failure(const Failure& failure) {
  std::fprintf(stderr, "error: %s\n", failure.what());
  if (!failure.help.empty()) std::fprintf(stderr, "help: %s\n", failure.help.c_str());
  return failure.exit_code;
}

mlperf::TestScenario scenario_of(const std::string& name) {
  if (name == "Offline") return mlperf::TestScenario::Offline;
  if (name == "Server") return mlperf::TestScenario::Server;
  if (name == "MultiStream") return mlperf::TestScenario::MultiStream;
  return mlperf::TestScenario::SingleStream;
}

// FromConfig has three arguments: the fourth changed its meaning between versions. It sets
// scenario, mode and seeds itself, so they are set after it.
mlperf::TestSettings make_settings(const Options& options) {
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

void prepare_out(const std::string& dir) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (!std::filesystem::is_directory(dir))
    throw Failure("cannot make the folder " + dir + ": " + error.message(), "look at --out");
  if (std::filesystem::exists(dir + "/mlperf_log_detail.txt"))
    throw Failure(dir + " already holds a run", "give --out another folder");
}

void start_test(const Options& options, Sut& sut, SampleLibrary& samples) {
  const mlperf::TestSettings settings = make_settings(options);
  mlperf::LogSettings log;
  log.enable_trace = false;
  log.log_output.outdir = options.out;
  const Progress progress(sut,
                          options.scenario + (options.accuracy ? " accuracy" : " performance"));
  mlperf::StartTest(&sut, &samples, settings, log, options.audit_config);
}

// What LoadGen's logs say, as an exit code.
void check_log(const Options& options, const RunLog& log, const Sut& sut, size_t total) {
  if (sut.completed() != sut.issued())
    throw Failure(std::to_string(sut.issued() - sut.completed()) + " responses are missing");
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

// Ends the program at once: LoadGen would wait for a stream's response for ever, and threads of its
// own may still run.
[[noreturn]] void give_up(const Failure& failure) { std::_Exit(print_failure(failure)); }

void run(const Options& options) {
  require_user_conf(options.user_conf, options.model_name);
  if (!options.audit_config.empty())
    require_audit_mode(options.audit_config, options.scenario, options.accuracy);
  prepare_out(options.out);
  const nlohmann::ordered_json host = describe_host();
  const OrtLibrary library(options.onnxruntime);
  SampleLibrary samples(options.data, options.performance_sample_count);
  const auto task = make_task(options.task, {samples.type(), options.label_offset, options.output});
  Sut sut(options.sut_name);
  samples.LoadSamplesToRam({0});
  Executor executor(
      library, options.model, *task, samples, options.executor,
      [&sut](auto batch, auto responses) { sut.complete(batch, responses); }, give_up);
  samples.UnloadSamplesFromRam({0});
  sut.connect(executor);
  start_test(options, sut, samples);
  const RunLog log = read_run_log(options.out);
  std::ofstream json(options.out + "/harness.json");
  json << describe_run(options, library, executor, samples, sut, log, host).dump(2) << "\n";
  if (!json.flush()) throw Failure("cannot write " + options.out + "/harness.json");
  check_log(options, log, sut, samples.count());
}

}  // namespace
}  // namespace mlpgen

int main(int argc, char** argv) {
  try {
    const mlpgen::Options options =
        mlpgen::parse_options({argv + 1, static_cast<size_t>(argc > 0 ? argc - 1 : 0)});
    if (options.help)
      std::cout << mlpgen::help_text();
    else
      mlpgen::run(options);
    return 0;
  } catch (const mlpgen::Failure& failure) {
    mlpgen::give_up(failure);
  } catch (const std::exception& error) {
    mlpgen::give_up(mlpgen::Failure(error.what()));
  }
}
