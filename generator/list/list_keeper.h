// Work that waits for the disk, done by a few threads: to keep a small file safely takes several
// writes, each of which must have reached the disk before the next.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

class ListKeeper {
 public:
  using Work = std::function<Status()>;

  explicit ListKeeper(unsigned threads);
  ~ListKeeper();  // begins nothing more, and waits for what has begun
  ListKeeper(const ListKeeper&) = delete;
  ListKeeper& operator=(const ListKeeper&) = delete;

  void add(Work work);  // waits while many are before it; dropped after an error
  Status wait();        // until nothing is left to do; the first error
 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> queue_;
  size_t working_ = 0;
  bool ending_ = false;
  std::optional<Error> error_;
  std::vector<std::thread> threads_;
};

}  // namespace mlpgen::tool
