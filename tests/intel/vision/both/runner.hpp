// What both stand-ins for mlperf_runner share: its command line, and LoadGen with a system that takes a moment for each sample.
#pragma once
#include <gflags/gflags.h>
#include <loadgen.h>
#include <query_sample_library.h>
#include <system_under_test.h>
#include <test_settings.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

DEFINE_string(scenario, "", "");
DEFINE_string(mode, "", "");
DEFINE_string(mlperf_conf, "", "");
DEFINE_string(user_conf, "", "");
DEFINE_string(model_name, "", "");
DEFINE_string(data_path, "", "");
DEFINE_string(num_instance, "", "");
DEFINE_string(cpus_per_instance, "", "");
DEFINE_string(total_sample_count, "", "");
DEFINE_string(batch_size, "", "");
DEFINE_string(warmup_iters, "", "");

using Answer = std::function<std::string(size_t index)>;  // the bytes of a response

inline int fail(const std::string& why) {
  std::fprintf(stderr, "error: %s\n", why.c_str());
  return 1;
}

inline bool is_file(const std::string& path) { return std::ifstream(path).good(); }

struct Library : mlperf::QuerySampleLibrary {
  explicit Library(size_t count) : count_(count) {}
  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return count_; }
  size_t PerformanceSampleCount() override { return count_; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  std::string name_ = "stand-in";
  size_t count_;
};

struct System : mlperf::SystemUnderTest {
  explicit System(Answer answer) : answer_(std::move(answer)) {}
  const std::string& Name() override { return name_; }
  void IssueQuery(const std::vector<mlperf::QuerySample>& samples) override {
    for (const mlperf::QuerySample& sample : samples) {
      std::this_thread::sleep_for(std::chrono::microseconds(50));
      std::string bytes = answer_(sample.index);
      mlperf::QuerySampleResponse response{sample.id, reinterpret_cast<uintptr_t>(bytes.data()), bytes.size()};
      mlperf::QuerySamplesComplete(&response, 1);
    }
  }
  void FlushQueries() override {}
  std::string name_ = "stand-in";
  Answer answer_;
};

inline int run(size_t count, const Answer& answer) {
  for (const std::string& path : {FLAGS_mlperf_conf, FLAGS_user_conf})
    if (!is_file(path)) return fail(path + " is not there");
  if (FLAGS_num_instance == "0" || FLAGS_num_instance.empty()) return fail("no instance");
  if (std::stoul(FLAGS_total_sample_count) != count) return fail("--total_sample_count is " + FLAGS_total_sample_count + ", not " + std::to_string(count));
  mlperf::TestSettings settings;
  settings.FromConfig(FLAGS_mlperf_conf, FLAGS_model_name, FLAGS_scenario);
  settings.FromConfig(FLAGS_user_conf, FLAGS_model_name, FLAGS_scenario);
  settings.scenario = FLAGS_scenario == "Server" ? mlperf::TestScenario::Server : mlperf::TestScenario::Offline;
  settings.mode = FLAGS_mode == "Accuracy" ? mlperf::TestMode::AccuracyOnly : mlperf::TestMode::PerformanceOnly;
  mlperf::LogSettings log;
  log.enable_trace = false;
  System system(answer);
  Library library(count);
  mlperf::StartTest(&system, &library, settings, log);
  return 0;
}
