// A command that stops while another needs the machine, and then goes on: SIGSTOP and SIGCONT to
// its process group, so it need not know.
#pragma once

#include <sys/types.h>

#include <functional>

namespace mlpgen {

// Called every kLookEvery_ms, in turn.
struct Pauses {
  std::function<bool()> wanted;      // whether another needs the machine now
  std::function<void()> stopped;     // no process of the command runs any more
  std::function<bool()> taken_back;  // whether the command may go on
};

class Pause {
 public:
  static constexpr int kLookEvery_ms = 50;

  explicit Pause(const Pauses& pauses) : pauses_(pauses) {}

  void look(pid_t group);
  bool possible() const { return static_cast<bool>(pauses_.wanted); }
  bool running() const { return phase_ == Phase::kRunning; }
  int count() const { return count_; }  // how often all of the group stood still

 private:
  enum class Phase { kRunning, kStopping, kStopped };

  const Pauses& pauses_;
  Phase phase_ = Phase::kRunning;
  int count_ = 0, looks_ = 0;
};

}  // namespace mlpgen
