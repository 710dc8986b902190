// Wakes once a second.
#include "progress.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace mlpgen {

constexpr std::chrono::seconds kInterval{1};
constexpr int kLine = 5;  // intervals between two lines on standard error

Progress::Progress(const Counts& counts, std::string title, uint64_t total, bool at_once)
    : counts_(counts),
      title_(std::move(title)),
      total_(total),
      at_once_(at_once),
      file_(std::getenv("MLPGEN_PROGRESS") ? std::getenv("MLPGEN_PROGRESS") : ""),
      thread_([this] { report(); }) {}

Progress::~Progress() {
  {
    std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Progress::note(uint64_t done) const {
  if (file_.empty()) return;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const uint64_t all = total_ ? total_ : at_once_ ? counts_.issued.load() : 0;
  const std::string total = all ? std::to_string(all) : "null";
  if (std::FILE* file = std::fopen(file_.c_str(), "a")) {
    std::fprintf(
        file,
        "{\"event\":\"progress\",\"done\":%llu,\"total\":%s,\"unit\":\"samples\","
        "\"monotonic_ns\":%lld}\n",
        static_cast<unsigned long long>(done), total.c_str(),
        static_cast<long long>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()));
    std::fclose(file);
  }
}

void Progress::report() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  for (int n = 1; !changed_.wait_for(lock, kInterval, [this] { return done_; }); ++n) {
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const uint64_t done = counts_.completed;
    note(done);
    if (n % kLine != 0) continue;
    std::fprintf(stderr, "%s: %.0f s, %llu of %llu issued samples done, %.1f samples/s\n",
                 title_.c_str(), seconds, static_cast<unsigned long long>(done),
                 static_cast<unsigned long long>(counts_.issued.load()),
                 static_cast<double>(done) / seconds);
  }
}

}  // namespace mlpgen
