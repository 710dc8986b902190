// A queue and its threads.
#include "list/list_keeper.h"

namespace mlpgen::tool {
namespace {

constexpr size_t kQueued = 64;  // each may hold a file open

}  // namespace

ListKeeper::ListKeeper(unsigned threads) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

ListKeeper::~ListKeeper() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
    queue_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ListKeeper::add(Work work) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return queue_.size() < kQueued || error_; });
    if (error_) return;
    queue_.push_back(std::move(work));
  }
  changed_.notify_all();
}

Status ListKeeper::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.empty() && working_ == 0; });
  return error_ ? Status(*error_) : Status(Done{});
}

void ListKeeper::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (ending_) return;
    Work work = std::move(queue_.front());
    queue_.pop_front();
    ++working_;
    lock.unlock();
    Status done = work();
    work = nullptr;  // what it holds goes before others are told
    lock.lock();
    --working_;
    if (!done && !error_) error_ = done.error();
    if (error_) queue_.clear();
    changed_.notify_all();
  }
}

}  // namespace mlpgen::tool
