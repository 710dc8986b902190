// Streams, batches, cores and failures of the executor, with a real model.
#include <doctest/doctest.h>
#include <sched.h>

#include <cstring>
#include <map>
#include <set>

#include "classification_output.h"
#include "executor.h"
#include "test_models.h"

namespace mlpgen {
namespace {

constexpr size_t kSamples = 10;  // of pixels.npy

// Collects what the streams complete; wait() returns when `count` samples are done or one failed.
class Collector {
 public:
  void complete(std::span<const Work> batch, std::span<const Response> responses) {
    std::lock_guard lock(mutex_);
    for (size_t i = 0; i < batch.size(); ++i) {
      float label = -1;
      std::memcpy(&label, responses[i].data(), sizeof label);
      labels_[batch[i].id] = label;
    }
    batches_.push_back(batch.size());
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    core_counts_.insert(CPU_COUNT(&set));
    changed_.notify_all();
  }

  void fail(const Failure& failure) {
    std::lock_guard lock(mutex_);
    failure_ = failure.what();
    changed_.notify_all();
  }

  void wait(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return labels_.size() == count || !failure_.empty(); });
  }

  std::map<uintptr_t, float> labels_;
  std::vector<size_t> batches_;
  std::set<int> core_counts_;  // of the threads that completed something
  std::string failure_;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

struct Bench {
  OrtLibrary library{library_path()};
  SampleLibrary samples{{test_input("pixels.npy")}, 0};
  ClassificationOutput task{0, ""};
  Collector collector;

  Bench() {
    for (size_t i = 0; i < kSamples; ++i) samples.LoadSamplesToRam({i});
  }

  std::unique_ptr<Executor> start(const std::string& model, const ExecutorOptions& options) {
    return std::make_unique<Executor>(
        library, test_input(model), task, samples, options,
        [this](auto batch, auto responses) { collector.complete(batch, responses); },
        [this](const Failure& failure) { collector.fail(failure); });
  }

  // The labels of all samples, given id 100 + index.
  std::map<uintptr_t, float> labels(const std::string& model, const ExecutorOptions& options) {
    collector.labels_.clear();
    collector.batches_.clear();
    const auto executor = start(model, options);
    std::vector<Work> work;
    for (size_t i = 0; i < kSamples; ++i) work.push_back({100 + i, i});
    executor->submit(work);
    collector.wait(kSamples);
    CHECK(collector.failure_ == "");
    return collector.labels_;
  }
};

TEST_CASE("streams, threads and batches do not change the answers") {
  Bench bench;
  const auto one = bench.labels("classifier.onnx", {1, {1, {}}, 1, 0, false});
  CHECK(one.size() == kSamples);
  CHECK(std::set<float>{one.at(103), one.at(108), one.at(101)}.size() > 1);
  CHECK(bench.labels("classifier.onnx", {3, {1, {}}, 1, 1, false}) == one);
  CHECK(bench.labels("classifier.onnx", {1, {2, {}}, 4, 1, false}) == one);
  CHECK(bench.labels("classifier.onnx", {2, {2, {}}, 7, 1, false}) == one);
}

TEST_CASE("a stream fills its batch, but takes no more than its share") {
  Bench bench;
  bench.labels("classifier.onnx", {1, {1, {}}, 4, 0, false});
  CHECK(bench.collector.batches_ == std::vector<size_t>{4, 4, 2});
  bench.labels("classifier.onnx", {2, {1, {}}, 64, 0, false});
  CHECK(bench.collector.batches_.front() <= 5);
}

TEST_CASE("a model of fixed batch gets its last batch padded") {
  Bench bench;
  const auto one = bench.labels("classifier.onnx", {1, {1, {}}, 1, 0, false});
  CHECK(bench.labels("classifier3.onnx", {1, {1, {}}, 3, 1, false}) == one);
  CHECK_THROWS_WITH_AS(bench.start("classifier3.onnx", {1, {1, {}}, 2, 0, false}),
                       doctest::Contains("takes batches of 3 only"), Failure);
}

TEST_CASE("a model that does not fit the data is refused before the test") {
  Bench bench;
  CHECK_THROWS_WITH_AS(bench.start("detector.onnx", {2, {1, {}}, 1, 0, false}),
                       doctest::Contains("a sample of the data is float32[3,8,8]"), Failure);
  CHECK_THROWS_AS(bench.start("absent.onnx", {2, {1, {}}, 1, 0, false}), Failure);
}

TEST_CASE("a run that goes wrong is told, not waited for") {
  Bench bench;
  bench.samples.UnloadSamplesFromRam({5});
  const auto executor = bench.start("classifier.onnx", {1, {1, {}}, 1, 0, false});
  const Work work{1, 5};
  executor->submit({&work, 1});
  bench.collector.wait(1);
  CHECK(bench.collector.failure_ == "sample 5 was asked for before it was loaded");
}

TEST_CASE("compact gives each stream cores of its own, and the streams keep to them") {
  const std::vector<int> allowed = {2, 3, 5, 7, 8};
  const auto cores = assign_cores(allowed, {2, {2, {}}, 1, 0, true});
  CHECK(cores == std::vector<std::vector<int>>{{2, 3}, {5, 7}});
  CHECK(assign_cores(allowed, {2, {2, {}}, 1, 0, false})[1] == allowed);
  CHECK_THROWS_WITH_AS(assign_cores(allowed, {3, {2, {}}, 1, 0, true}),
                       doctest::Contains("needs 6 cores"), Failure);
  Bench bench;
  bench.labels("classifier.onnx", {1, {1, {}}, 1, 0, true});
  CHECK(bench.collector.core_counts_ == std::set<int>{1});
}

}  // namespace
}  // namespace mlpgen
