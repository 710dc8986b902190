// A queue of samples, worked off by streams: each a thread with a session of its own.
#include "executor.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <chrono>

#include "run_report.h"

namespace mlpgen {
namespace {

void pin_this_thread(const std::vector<int>& cores) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (int core : cores) CPU_SET(static_cast<size_t>(core), &set);
  if (pthread_setaffinity_np(pthread_self(), sizeof set, &set) != 0)
    throw Failure("the cores of a stream cannot be set", "give --affinity none");
}

}  // namespace

std::vector<std::vector<int>> assign_cores(const std::vector<int>& allowed,
                                           const ExecutorOptions& options) {
  const auto streams = static_cast<size_t>(options.streams);
  const auto threads = static_cast<size_t>(options.session.threads);
  if (!options.compact) return std::vector<std::vector<int>>(streams, allowed);
  if (streams * threads > allowed.size())
    throw Failure("--affinity compact needs " + std::to_string(streams * threads) +
                      " cores (streams x threads), this process may use " +
                      std::to_string(allowed.size()),
                  "lower --streams or --num_threads, or give --affinity none");
  std::vector<std::vector<int>> cores;
  for (size_t i = 0; i < streams; ++i) {
    const auto begin = allowed.begin() + static_cast<std::ptrdiff_t>(i * threads);
    cores.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(threads));
  }
  return cores;
}

Executor::Executor(const OrtLibrary& library, const std::string& model, const Task& task,
                   const SampleLibrary& samples, const ExecutorOptions& options, Complete complete,
                   Fail fail)
    : options_(options),
      complete_(std::move(complete)),
      fail_(std::move(fail)),
      cores_(assign_cores(allowed_cores(), options)) {
  auto load = [&library, &task, &samples, model, options] {
    return std::make_unique<Stream>(library, model, options.session, task, samples, options.batch);
  };
  for (size_t i = 0; i < cores_.size(); ++i)
    threads_.emplace_back([this, i, load] { serve(i, load); });
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_ == options_.streams; });
  if (!error_) return;
  closing_ = true;
  changed_.notify_all();
  lock.unlock();
  for (std::thread& thread : threads_) thread.join();
  std::rethrow_exception(error_);
}

Executor::~Executor() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Executor::submit(std::span<const Work> work) {
  {
    std::lock_guard lock(mutex_);
    queue_.insert(queue_.end(), work.begin(), work.end());
  }
  if (work.size() == 1)
    changed_.notify_one();
  else
    changed_.notify_all();
}

// A stream takes no more than its share of what waits, so that a query of few samples spreads over
// all streams instead of filling the batch of one.
std::vector<Work> Executor::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  const auto streams = static_cast<size_t>(options_.streams);
  const size_t count = std::min(options_.batch, (queue_.size() + streams - 1) / streams);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Work> batch(queue_.begin(), end);
  queue_.erase(queue_.begin(), end);
  return batch;
}

void Executor::report_ready(const ModelSpec* spec, double warmup_seconds,
                            std::exception_ptr error) {
  std::lock_guard lock(mutex_);
  if (spec) spec_ = *spec;
  if (error && !error_) error_ = error;
  warmup_seconds_ = std::max(warmup_seconds_, warmup_seconds);
  ++ready_;
  changed_.notify_all();
}

double Executor::warm_up(Stream& stream) const {
  const auto start = std::chrono::steady_clock::now();
  const std::vector<size_t> batch(options_.batch, 0);
  for (int i = 0; i < options_.warmup; ++i) stream.run(batch);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void Executor::serve(size_t number, const std::function<std::unique_ptr<Stream>()>& load) {
  std::unique_ptr<Stream> stream;
  try {
    // Before the session is made: its threads inherit the cores of this one.
    if (options_.compact) pin_this_thread(cores_[number]);
    stream = load();
    const double seconds = warm_up(*stream);
    report_ready(&stream->spec(), seconds, nullptr);
  } catch (...) {
    report_ready(nullptr, 0, std::current_exception());
    return;
  }
  try {
    std::vector<size_t> indices;
    for (std::vector<Work> batch = take(); !batch.empty(); batch = take()) {
      indices.clear();
      for (const Work& work : batch) indices.push_back(work.index);
      complete_(batch, stream->run(indices));
    }
  } catch (const Failure& failure) {
    fail_(failure);
  } catch (const std::exception& error) {
    fail_(Failure(error.what()));
  }
}

}  // namespace mlpgen
