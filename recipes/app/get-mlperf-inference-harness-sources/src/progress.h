// A long run -> one line on standard error every 5 seconds, and one each second in the file that
// MLPGEN_PROGRESS names, for those who watch: {"event":"progress","done":N,"total":N or null,
// "unit":"samples","monotonic_ns":N}.
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
  // `total`: how many samples the run will have; 0 where LoadGen decides that: then these are the
  // issued ones where it issues all `at_once`, else it is not known.
  Progress(const Counts& counts, std::string title, uint64_t total, bool at_once);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void report();
  void note(uint64_t done) const;  // in the file, where there is one

  const Counts& counts_;
  std::string title_;  // "Offline accuracy"
  uint64_t total_;
  bool at_once_;
  std::string file_;  // or ""
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace mlpgen
