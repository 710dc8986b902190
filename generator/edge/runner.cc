// Decides whether an edge's command must run, and runs it.
#include "edge/runner.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "artifact/artifact_directory.h"
#include "artifact/links.h"
#include "edge/check.h"
#include "edge/edge_record.h"
#include "edge/execute.h"
#include "edge/report.h"
#include "file/file.h"
#include "file/lock_file.h"
#include "machine/lock_holders.h"
#include "machine/machine_lock.h"
#include "step/plan_file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr unsigned kShortWait_us =
    20'000;  // a finished edge is looked at in less: no need to say a word

Result<Step> planned_step(const std::string& identity12) {
  Result<PlanFile> plan = PlanFile::open(".mlpgen/plan");
  if (!plan) return plan.error();
  std::string_view line = plan->find(identity12);
  if (line.empty())
    return Error{"the configuration changed while this was running", "run ninja again"};
  return parse_step(line);
}

Result<LockFile> lock_artifact(const Step& step) {
  std::string path = ".mlpgen/lock/" + step.identity12();
  auto look_for_orphans = [&] { end_orphans(locked_file(path)); };
  auto waiting = [&] {
    Result<std::string> holder = read_file(path);
    std::fprintf(stderr, "%s waits: %s\n", step.name.c_str(),
                 holder && !holder->empty() ? holder->c_str() : "another run makes it");
    look_for_orphans();
  };
  Result<LockFile> lock = LockFile::try_acquire(path, LOCK_EX);
  if (lock && !lock->held()) {
    usleep(kShortWait_us);
    lock = LockFile::acquire(path, LOCK_EX, waiting, LockedBy::kUser, look_for_orphans);
  }
  if (!lock) return lock;
  lock->write_note(step.name + " is made by process " + std::to_string(getpid()) + " since " +
                   clock_now().time_of_day());
  return lock;
}

// What is left to do once the artifact is known to be right.
Status settle(const Step& step, DoneFile done, bool noted_anew) {
  Result<bool> freshened = freshen_outputs(step, step.directory, done.outputs);
  if (!freshened) return freshened.error();
  if (noted_anew || *freshened) {
    if (Status s = remove_leftovers(step); !s) return s;
    if (Status s = write_done(step.directory, done, true); !s) return s;
  }
  if (*freshened) freshen_done(step, step.directory);
  return repair_links(step);
}

// .mlpgen/log/edges.jsonl, open while an edge runs.
class Records {
 public:
  Records() : descriptor_(open_edge_records()) {}
  ~Records() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// Everything from the machine lock to the finished directory.
Status make_artifact(const Step& step, const std::optional<DoneFile>& done, std::string why,
                     MachineLock machine, const LockFile& artifact, Instant started,
                     const Records& records, bool& ran) {
  if (Status s = check_links(step); !s) return s;
  if (!machine.held()) {
    Hold hold = step.mode == Mode::kMeasure ? Hold::kExclusive : Hold::kShared;
    Result<MachineLock> lock = MachineLock::acquire(hold, step.name);
    if (!lock) return lock.error();
    machine = std::move(*lock);
  }
  Instant acquired = clock_now();
  Result<std::vector<PathNote>> inputs = verify_inputs(step, done ? &*done : nullptr);
  if (!inputs) return inputs.error();
  if (Status s = clear_place(step, done.has_value(), why); !s) return s;
  ran = true;
  return execute(step, std::move(*inputs), machine, artifact, started, acquired,
                 records.descriptor());
}

// The command has to run.
Status run_command_of(const Step& step, const std::optional<DoneFile>& done, std::string why,
                      MachineLock machine, const LockFile& artifact, Instant started) {
  Records records;
  append_event(records.descriptor(), step, "start", started);
  bool ran = false;
  Status made = make_artifact(step, done, std::move(why), std::move(machine), artifact, started,
                              records, ran);
  if (!made && !ran) append_event(records.descriptor(), step, "failed", clock_now());
  return made;
}

Status bring_up_to_date(const Step& step, const LockFile& artifact, Instant started) {
  std::optional<DoneFile> done;
  std::string why = "it was not finished";
  MachineLock machine;
  if (exists(step.directory + "/.done")) {
    Result<DoneFile> read = read_done(step.directory);
    if (read) done = std::move(*read);
    if (!read) why = read.error().message;
  }
  if (done) {
    Check check = check_artifact(step, *done, Hashing::kNever);
    if (check.verdict == Verdict::kUnsure) {
      // Hashing is work: it must not disturb a measurement.
      Result<MachineLock> lock = MachineLock::acquire(Hold::kShared, step.name);
      if (!lock) return lock.error();
      machine = std::move(*lock);
      check = check_artifact(step, *done, Hashing::kAllowed);
    }
    if (check.verdict != Verdict::kOther)
      return settle(step, std::move(check.now), check.verdict == Verdict::kSameBytes);
    why = check.why;
    if (step.mode == Mode::kMeasure) machine.release();
  }
  return run_command_of(step, done, why, std::move(machine), artifact, started);
}

}  // namespace

int run_edge(const std::string& identity12) {
  Instant started = clock_now();
  Result<Step> step = planned_step(identity12);
  if (!step) return print_error(step.error());
  Result<LockFile> lock = lock_artifact(*step);
  if (!lock) return print_error(lock.error());
  Status status = bring_up_to_date(*step, *lock, started);
  return status ? 0 : print_error(of_edge(*step, status.error()));
}

}  // namespace mlpgen
