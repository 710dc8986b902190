// A long run -> one line on standard error every 5 seconds.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "sut.h"

namespace mlpgen {

// Reports while it lives, from a thread that sleeps in between.
class Progress {
 public:
  Progress(const Sut& sut, std::string title);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void report();

  const Sut& sut_;
  std::string title_;  // "Offline accuracy"
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace mlpgen
