// @NAME@: a harness under LoadGen. It answers each image with the same box: put your model where
// answer() stands. The other files that it is built of are mlpgen's (the recipe
// get-mlperf-inference-harness-sources): flags, LoadGen's run, harness.json.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>

#include "loadgen.h"
#include "loadgen_run.h"
#include "run_report.h"

namespace {

using mlpgen::Failure;

struct Options : mlpgen::TestOptions {
  std::vector<std::string> data;  // .npy files of float32, a sample a row
};

// The samples of all files, numbered through; those that LoadGen loads are in memory.
class Samples : public mlperf::QuerySampleLibrary {
 public:
  Samples(const std::vector<std::string>& files, size_t in_memory) {
    for (const std::string& path : files) add(path);
    in_memory_ = in_memory ? std::min(in_memory, places_.size()) : places_.size();
    loaded_.resize(places_.size());
  }
  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return places_.size(); }
  size_t PerformanceSampleCount() override { return in_memory_; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>& samples) override {
    for (mlperf::QuerySampleIndex i : samples) {
      const Place& place = places_[i];
      loaded_[i].resize(place.floats);
      std::ifstream file(place.path, std::ios::binary);
      file.seekg(static_cast<std::streamoff>(place.offset));
      file.read(reinterpret_cast<char*>(loaded_[i].data()),
                static_cast<std::streamsize>(place.floats * sizeof(float)));
    }
  }
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>& samples) override {
    for (mlperf::QuerySampleIndex i : samples) loaded_[i] = {};
  }
  const std::vector<float>& get(size_t index) const { return loaded_[index]; }

 private:
  struct Place {
    std::string path;
    size_t offset, floats;
  };

  // The header of an .npy file says "'shape': (64, 3, 800, 800)".
  void add(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    char head[10] = {};
    file.read(head, sizeof head);
    const size_t length =
        static_cast<unsigned char>(head[8]) + 256u * static_cast<unsigned char>(head[9]);
    std::string text(length, ' ');
    file.read(text.data(), static_cast<std::streamsize>(length));
    std::smatch shape;
    if (!std::regex_search(text, shape, std::regex(R"(\(([0-9]+),([0-9, ]*)\))")))
      throw Failure(path + " is not an .npy file", "give the preprocessed samples");
    const size_t bytes = std::filesystem::file_size(path) - sizeof head - length;
    const size_t count = std::stoul(shape[1]), each = bytes / count;
    for (size_t i = 0; i < count; ++i)
      places_.push_back({path, sizeof head + length + i * each, each / sizeof(float)});
  }

  std::string name_ = "preprocessed samples";
  std::vector<Place> places_;
  std::vector<std::vector<float>> loaded_;
  size_t in_memory_ = 0;
};

// For each detection 7 numbers: index of the sample; ymin, xmin, ymax, xmax as fractions of the
// image; score; label. `sample` is one image, [3,800,800].
std::vector<float> answer(size_t index, const std::vector<float>& sample) {
  if (sample.empty()) throw Failure("a sample is not in memory", "load it first");
  return {static_cast<float>(index), 0.25f, 0.25f, 0.75f, 0.75f, 0.9f, 1.0f};
}

class Sut : public mlperf::SystemUnderTest {
 public:
  Sut(const std::string& name, const Samples& samples) : name_(name), samples_(samples) {}
  const std::string& Name() override { return name_; }
  void IssueQuery(const std::vector<mlperf::QuerySample>& queries) override {
    counts_.issued += queries.size();
    for (const mlperf::QuerySample& query : queries) {
      const std::vector<float> numbers = answer(query.index, samples_.get(query.index));
      mlperf::QuerySampleResponse response{query.id, reinterpret_cast<uintptr_t>(numbers.data()),
                                           numbers.size() * sizeof(float)};
      ++counts_.completed;
      mlperf::QuerySamplesComplete(&response, 1);
    }
  }
  void FlushQueries() override {}
  const mlpgen::Counts& counts() const { return counts_; }

 private:
  std::string name_;
  const Samples& samples_;
  mlpgen::Counts counts_;
};

std::vector<mlpgen::FlagGroup> flags(Options& o) {
  return {{"Data",
           {{"--data", "FILE", "preprocessed samples; once for each file, in order", true,
             [&o](auto& v) { o.data.push_back(v); }, true}}},
          {"Test", mlpgen::test_flags(o, {"Offline", "Server", "SingleStream", "MultiStream"})}};
}

void run(const Options& options) {
  mlpgen::require_files(options);
  mlpgen::prepare_run(options);
  const nlohmann::ordered_json host = mlpgen::describe_host();
  Samples samples(options.data, options.performance_sample_count);
  Sut sut(options.sut_name, samples);
  const mlpgen::RunLog log = mlpgen::run_loadgen(options, sut, samples, sut.counts());
  nlohmann::ordered_json report = {{"format", 1},
                                   {"test", mlpgen::describe_test(options)},
                                   {"host", host},
                                   {"result", mlpgen::describe_result(log, sut.counts())}};
  mlpgen::write_report(options.out, report);
  mlpgen::check_run(options, log, sut.counts(), samples.TotalSampleCount());
}

}  // namespace

int main(int argc, char** argv) {
  return mlpgen::guarded([argc, argv] {
    Options options;
    const auto table = flags(options);
    if (mlpgen::parse_flags({argv + 1, static_cast<size_t>(argc - 1)}, table))
      run(options);
    else
      std::cout << "@NAME@: one run under LoadGen\n\n" << mlpgen::describe_flags(table);
  });
}
