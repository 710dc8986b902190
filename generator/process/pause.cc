// Stopping a process group, and when it has stopped.
#include "process/pause.h"

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

// A process whose child (vfork) was stopped before it became a program waits for it in the kernel,
// and cannot stop. After so many looks the group goes on until the next look, and stops again.
constexpr int kMostLooks = 10;

// One line of /proc: "PID (NAME) STATE PPID PGRP ...". A write to the disk ends before its thread
// stops.
bool is_at_work(const fs::path& stat_file, pid_t group) {
  std::ifstream file(stat_file);
  std::string text;
  std::getline(file, text);
  size_t name_end = text.rfind(") ");
  char state = 0;
  int parent = 0, its_group = 0;
  if (name_end == std::string::npos ||
      std::sscanf(text.c_str() + name_end + 2, "%c %d %d", &state, &parent, &its_group) != 3)
    return false;
  return its_group == group && std::string("tTZX").find(state) == std::string::npos;
}

bool is_stopped(pid_t group) {
  std::error_code why;
  for (fs::directory_iterator process("/proc", why), end; !why && process != end;
       process.increment(why)) {
    char first = process->path().filename().string()[0];
    if (first < '0' || first > '9') continue;
    std::error_code gone;  // a process may end while it is looked at
    for (fs::directory_iterator thread(process->path() / "task", gone); !gone && thread != end;
         thread.increment(gone))
      if (is_at_work(thread->path() / "stat", group)) return false;
  }
  return true;
}

}  // namespace

void Pause::look(pid_t group) {
  if (phase_ == Phase::kRunning && group && pauses_.wanted() && kill(-group, SIGSTOP) == 0) {
    phase_ = Phase::kStopping;
    looks_ = 0;
  } else if (phase_ == Phase::kStopping && is_stopped(group)) {
    pauses_.stopped();
    phase_ = Phase::kStopped;
    ++count_;
  } else if (phase_ == Phase::kStopping && ++looks_ == kMostLooks) {
    kill(-group, SIGCONT);
    phase_ = Phase::kRunning;
  } else if (phase_ == Phase::kStopped && pauses_.taken_back()) {
    kill(-group, SIGCONT);
    phase_ = Phase::kRunning;
  }
}

}  // namespace mlpgen
