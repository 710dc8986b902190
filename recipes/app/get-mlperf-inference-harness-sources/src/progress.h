// A long run -> one line on standard error every 5 seconds.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace mlpgen {

// How far a run is, in samples.
struct Counts {
  std::atomic<uint64_t> issued = 0;
  std::atomic<uint64_t> completed = 0;
};

// Reports while it lives, from a thread that sleeps in between.
class Progress {
 public:
  Progress(const Counts& counts, std::string title);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void report();

  const Counts& counts_;
  std::string title_;  // "Offline accuracy"
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace mlpgen
