// A long run -> one line on standard error every 5 seconds.
#include "progress.h"

#include <chrono>
#include <cstdio>

namespace mlpgen {

constexpr std::chrono::seconds kInterval{5};

Progress::Progress(const Counts& counts, std::string title)
    : counts_(counts), title_(std::move(title)), thread_([this] { report(); }) {}

Progress::~Progress() {
  {
    std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Progress::report() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kInterval, [this] { return done_; })) {
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const uint64_t done = counts_.completed;
    std::fprintf(stderr, "%s: %.0f s, %llu of %llu issued samples done, %.1f samples/s\n",
                 title_.c_str(), seconds, static_cast<unsigned long long>(done),
                 static_cast<unsigned long long>(counts_.issued.load()),
                 static_cast<double>(done) / seconds);
  }
}

}  // namespace mlpgen
