// A queue of samples, worked off by streams: each a thread with a session of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "failure.h"
#include "stream.h"

namespace mlpgen {

// One sample that is to be run.
struct Work {
  uintptr_t id = 0;  // LoadGen's name for the response
  size_t index = 0;  // of the sample in the data set
};

struct ExecutorOptions {
  int streams = 1;  // sessions that run at the same time
  SessionSettings session;
  size_t batch = 1;  // samples in one run, at most
  int warmup = 5;    // runs of each stream before the first sample
  bool compact =
      false;  // pin each stream to as many cores as it has threads of its own, see assign_cores()
};

// Called on the stream's thread, with one response for each sample of the batch.
using Complete = std::function<void(std::span<const Work>, std::span<const Response>)>;

// Called on the stream's thread when a run went wrong; the stream takes no more work.
using Fail = std::function<void(const Failure&)>;

class Executor {
 public:
  // Loads the model in every stream and warms it up with sample 0, which must be loaded. Returns
  // when all are ready. Throws Failure.
  Executor(const OrtLibrary& library, const std::string& model, const Task& task,
           const SampleLibrary& samples, const ExecutorOptions& options, Complete complete,
           Fail fail);
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  void submit(std::span<const Work> work);

  const ModelSpec& spec() const { return spec_; }
  double warmup_seconds() const { return warmup_seconds_; }              // of the slowest stream
  const std::vector<std::vector<int>>& cores() const { return cores_; }  // allowed, for each stream

 private:
  void serve(size_t number, const std::function<std::unique_ptr<Stream>()>& load);
  double warm_up(Stream& stream) const;
  std::vector<Work> take();
  void report_ready(const ModelSpec* spec, double warmup_seconds, std::exception_ptr error);

  ExecutorOptions options_;
  Complete complete_;
  Fail fail_;
  std::vector<std::vector<int>> cores_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Work> queue_;
  bool closing_ = false;
  int ready_ = 0;  // streams that are loaded and warm, or failed
  std::exception_ptr error_;
  ModelSpec spec_;
  double warmup_seconds_ = 0;

  std::vector<std::thread> threads_;
};

// The cores of each stream: disjoint ones if `compact`, else all that the process may use. Throws
// Failure if there are too few.
std::vector<std::vector<int>> assign_cores(const std::vector<int>& allowed,
                                           const ExecutorOptions& options);

}  // namespace mlpgen
