// A harness that cheats as its name of the system under test says: a compliance test must see it.
//
//   honest         the answer of a sample takes a while each time and is the sample's index
//   caches-answers an answer that was given once takes no time
//   other-outputs  in performance mode the answer is another one
//
// It takes the flags of the rule `loadgen` and needs no model.
#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "loadgen.h"
#include "query_sample.h"
#include "query_sample_library.h"
#include "system_under_test.h"
#include "test_settings.h"

namespace {

constexpr size_t kSamples = 20;  // photographs of the preset `efficientnet`
constexpr auto kInference = std::chrono::milliseconds(50);

class Samples : public mlperf::QuerySampleLibrary {
 public:
  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return kSamples; }
  size_t PerformanceSampleCount() override { return kSamples; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>&) override {}

 private:
  std::string name_ = "samples";
};

class Sut : public mlperf::SystemUnderTest {
 public:
  Sut(std::string name, bool accuracy) : name_(std::move(name)), accuracy_(accuracy) {}

  const std::string& Name() override { return name_; }
  void IssueQuery(const std::vector<mlperf::QuerySample>& queries) override {
    for (const mlperf::QuerySample& query : queries) {
      if (name_ != "caches-answers" || answered_.insert(query.index).second)
        std::this_thread::sleep_for(kInference);
      bool other = name_ == "other-outputs" && !accuracy_;
      float answer = static_cast<float>(query.index) + (other ? 1 : 0);
      mlperf::QuerySampleResponse response{query.id, reinterpret_cast<uintptr_t>(&answer),
                                           sizeof answer};
      mlperf::QuerySamplesComplete(&response, 1);
    }
  }
  void FlushQueries() override {}

 private:
  std::string name_;
  bool accuracy_;
  std::set<mlperf::QuerySampleIndex> answered_;
};

// --seeds QSL,SAMPLE,SCHEDULE
void set_seeds(mlperf::TestSettings& settings, const std::string& text) {
  size_t first = text.find(','), second = text.rfind(',');
  settings.qsl_rng_seed = std::stoull(text.substr(0, first));
  settings.sample_index_rng_seed = std::stoull(text.substr(first + 1, second - first - 1));
  settings.schedule_rng_seed = std::stoull(text.substr(second + 1));
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> flags;
  for (int i = 1; i + 1 < argc; ++i)
    if (argv[i][0] == '-' && argv[i][1] == '-') flags[argv[i]] = argv[i + 1];
  const bool accuracy = flags["--mode"] == "accuracy";
  mlperf::TestSettings settings;
  if (settings.FromConfig(flags["--user-conf"], flags["--model-name"], flags["--scenario"]))
    return 1;
  settings.scenario = flags["--scenario"] == "Offline" ? mlperf::TestScenario::Offline
                                                       : mlperf::TestScenario::SingleStream;
  settings.mode = accuracy ? mlperf::TestMode::AccuracyOnly : mlperf::TestMode::PerformanceOnly;
  set_seeds(settings, flags["--seeds"]);
  mlperf::LogSettings log;
  log.enable_trace = false;
  log.log_output.outdir = flags["--out"];
  Samples samples;
  Sut sut(flags["--sut-name"], accuracy);
  mlperf::StartTest(&sut, &samples, settings, log, flags["--audit-config"]);
  for (const char* name : {"mlperf_log_trace.json", "harness.json"})
    std::fclose(std::fopen((flags["--out"] + "/" + name).c_str(), "a"));
}
