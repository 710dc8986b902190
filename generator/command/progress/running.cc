// Files of .mlpgen -> Snapshot.
#include "command/progress/running.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "machine/machine_lock.h"
#include "step/clock.h"
#include "text/text.h"

namespace mlpgen {
namespace {

struct ProgressNote {
  uint64_t done = 0, total = 0;
  int64_t at_ns = 0;
  std::string unit;
};

bool read_note(const std::string& line, ProgressNote& note) {
  nlohmann::json j = nlohmann::json::parse(line, nullptr, false);
  if (!j.is_object() || j.value("event", "") != "progress") return false;
  auto number = [&](const char* key) {
    auto at = j.find(key);
    return at != j.end() && at->is_number_unsigned() ? at->get<uint64_t>() : 0;
  };
  note = {number("done"), number("total"), static_cast<int64_t>(number("monotonic_ns")),
          j.value("unit", "")};
  return true;
}

// The last whole line, from the last bytes of the file.
std::string last_line(std::ifstream& file) {
  constexpr std::streamoff kMost = 512;
  file.clear();
  file.seekg(0, std::ios::end);
  std::streamoff size = file.tellg(), from = std::max<std::streamoff>(0, size - kMost);
  std::string text(static_cast<size_t>(std::max<std::streamoff>(0, size - from)), '\0');
  file.seekg(from);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  size_t end = text.rfind('\n');
  if (end == std::string::npos || end == 0) return "";
  size_t begin = text.rfind('\n', end - 1);
  begin = begin == std::string::npos ? 0 : begin + 1;
  return text.substr(begin, end - begin);
}

// Who holds the machine, but for the edge that asks.
std::string machine_holder(const std::string& name) {
  Result<std::string> path = machine_lock_path();
  if (!path) return "the machine";
  std::vector<std::string> others;
  for (const std::string& holder : machine_lock_holders(*path))
    if (!holder.starts_with(name + " ")) others.push_back(holder);
  return others.empty() ? "the machine" : join(others, ", ");
}

}  // namespace

Progress read_progress(const std::string& identity) {
  std::ifstream file(".mlpgen/progress/" + identity.substr(0, 12) + ".jsonl", std::ios::binary);
  std::string line;
  ProgressNote first, last;
  if (!std::getline(file, line) || !read_note(line, first)) return {};
  if (!read_note(last_line(file), last)) last = first;
  Progress p{last.done, last.total, last.unit, 0};
  if (last.at_ns > first.at_ns && last.done > first.done)
    p.rate = static_cast<double>(last.done - first.done) * 1e9 /
             static_cast<double>(last.at_ns - first.at_ns);
  return p;
}

Watch::Watch(std::vector<StepSummary> steps, size_t jobs)
    : steps_(std::move(steps)), jobs_(std::max<size_t>(jobs, 1)), done_(steps_.size(), false) {}

Snapshot Watch::look() {
  events_.read_new();
  Snapshot now;
  now.total = steps_.size();
  double measured = 0, work = 0;
  int64_t at = clock_now().monotonic_ns;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const StepSummary& s = steps_[i];
    EdgeState state = done_[i] ? EdgeState::kFinished : events_.state(s.identity, s.directory);
    done_[i] = state == EdgeState::kFinished;
    if (done_[i]) ++now.done;
    if (done_[i]) continue;
    double usual = events_.usual_seconds(s.name).value_or(0), passed = 0;
    if (state == EdgeState::kFailed) now.failed.push_back(s.name);
    if (state == EdgeState::kInterrupted) now.interrupted.push_back(s.name);
    if (state == EdgeState::kRunning || state == EdgeState::kWaiting) {
      const EdgeRun& run = events_.runs().at(s.identity);
      bool waits = state == EdgeState::kWaiting;
      passed = static_cast<double>(at - (waits ? run.started : run.began)) / 1e9;
      now.running.push_back({s.name, s.about, s.identity, s.mode, passed, usual,
                             waits ? machine_holder(s.name) : "",
                             waits ? Progress() : read_progress(s.identity)});
      if (waits) passed = 0;
    }
    (s.mode == Mode::kMeasure ? measured : work) += std::max(0.0, usual - passed);
  }
  now.left = measured + work / static_cast<double>(jobs_);
  return now;
}

}  // namespace mlpgen
