// Prints LoadGen's version and the samples that it draws for a short SingleStream run: the first
// argument is a folder for its logs.
#include <cstdio>
#include <string>
#include <vector>

#include "loadgen.h"
#include "query_sample_library.h"
#include "system_under_test.h"
#include "test_settings.h"
#include "version.h"

namespace {

constexpr size_t kTotal = 200, kInMemory = 64, kQueries = 40;

class Samples : public mlperf::QuerySampleLibrary {
 public:
  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return kTotal; }
  size_t PerformanceSampleCount() override { return kInMemory; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>&) override {}

 private:
  std::string name_ = "samples";
};

class Sut : public mlperf::SystemUnderTest {
 public:
  const std::string& Name() override { return name_; }
  void IssueQuery(const std::vector<mlperf::QuerySample>& samples) override {
    for (const mlperf::QuerySample& sample : samples) {
      std::printf(" %zu", static_cast<size_t>(sample.index));
      mlperf::QuerySampleResponse response{sample.id, 0, 0};
      mlperf::QuerySamplesComplete(&response, 1);
    }
  }
  void FlushQueries() override {}

 private:
  std::string name_ = "sut";
};

}  // namespace

int main(int, char** argv) {
  mlperf::TestSettings settings;
  settings.scenario = mlperf::TestScenario::SingleStream;
  settings.mode = mlperf::TestMode::PerformanceOnly;
  settings.min_duration_ms = 0;
  settings.min_query_count = settings.max_query_count = kQueries;
  settings.qsl_rng_seed = 1780908523862526354;
  settings.sample_index_rng_seed = 14771362308971278857u;
  settings.schedule_rng_seed = 18209322760996052031u;
  mlperf::LogSettings log;
  log.enable_trace = false;
  log.log_output.outdir = argv[1];
  std::printf("%s:", mlperf::LoadgenVersion().c_str());
  Sut sut;
  Samples samples;
  mlperf::StartTest(&sut, &samples, settings, log);
  std::printf("\n");
  return 0;
}
