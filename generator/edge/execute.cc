// From a clear place to a finished artifact.
#include "edge/execute.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>

#include "artifact/artifact_directory.h"
#include "artifact/links.h"
#include "edge/check.h"
#include "edge/edge_record.h"
#include "edge/log.h"
#include "edge/report.h"
#include "file/file.h"
#include "file/progress_note.h"
#include "loadgen/validity.h"
#include "machine/left_behind.h"
#include "machine/measurement.h"
#include "process/guarded.h"
#include "step/expand.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr int64_t kClockTick_ns =
    10'000'000;  // no kernel stamps files more coarsely than every 10 ms
constexpr int kMostRestarts = 3;
constexpr uint64_t kFullDisk_bytes = 64
                                     << 10;  // a disk with less is full for what a command writes

// The mtime of the newest input where that lies in the future, else 0. Ninja looks at the `.done`
// of an input's maker.
int64_t future_mtime(const Step& step) {
  int64_t newest = 0;
  auto see = [&](const std::string& path) {
    if (Result<FileStamp> s = stamp_of(path)) newest = std::max(newest, s->mtime_ns);
  };
  for (const StepInput& input : step.inputs) {
    see(input.path);
    if (std::string artifact = artifact_of(input.path); !artifact.empty()) see(artifact + "/.done");
  }
  return newest > clock_now().realtime_ns ? newest : 0;
}

// Sets the mtime to `at_least`, or to a nanosecond later than it was: where no mtime changes, Ninja
// notes the time at which the edge began, which is older than the input.
bool move_mtime(const std::string& path, int64_t at_least) {
  Result<FileStamp> stamp = stamp_of(path);
  if (!stamp) return false;
  int64_t mtime = std::max(at_least, stamp->mtime_ns + 1);
  struct timespec time = {mtime / 1'000'000'000, mtime % 1'000'000'000};
  struct timespec both[2] = {time, time};
  return utimensat(AT_FDCWD, path.c_str(), both, 0) == 0;
}

// Waits until the clock has left the tick in which the last file was written: a file that is
// changed later, in the same size and place, then has another mtime than its note.
void leave_tick(const std::vector<PathNote>& outputs, const std::vector<PathNote>& inputs) {
  int64_t now = clock_now().realtime_ns;
  int64_t newest = 0;
  auto see = [&](const FileStamp& s) {
    if (s.mtime_ns <= now) newest = std::max(newest, s.mtime_ns);
  };
  for (const std::vector<PathNote>* list : {&outputs, &inputs})
    for (const PathNote& note : *list) {
      see(note.stamp);
      for (const FileNote& f : note.files) see(f.stamp);
    }
  int64_t rest = newest + kClockTick_ns - now;
  struct timespec pause = {0, std::clamp<int64_t>(rest, 0, kClockTick_ns)};
  nanosleep(&pause, nullptr);
}

std::string command_line(const Expanded& e) {
  std::vector<std::string> words;
  for (const std::string& w : e.argv) words.push_back(shell_quote(w));
  return "$ " + join(words, " ") + "\n";
}

// Where the command may append its progress; of this run alone.
std::string progress_file(const Step& step) {
  std::string folder = std::filesystem::current_path().string() + "/.mlpgen/progress";
  if (!make_directories(folder)) return "";
  std::string path = folder + "/" + step.identity12() + ".jsonl";
  unlink(path.c_str());
  return path;
}

// What tells a run inside this one that it is inside the machine lock.
std::string held_word(const Step& step, const MachineLock& machine) {
  const char* outer = std::getenv(kHeldVariable);
  if (!machine.held()) return outer ? outer : "";
  return step.mode == Mode::kMeasure ? "exclusive" : "shared";
}

Command command_of(const Step& step, const Expanded& e, const MachineLock& machine,
                   const LockFile& artifact) {
  Command c{e.argv, e.env, {artifact.descriptor()}};
  if (machine.held()) c.descriptors.push_back(machine.descriptor());
  for (const char* ours : {kHeldVariable, kRunnerVariable})
    std::erase_if(c.env,
                  [&](const std::string& v) { return v.starts_with(std::string(ours) + "="); });
  c.env.push_back(std::string(kRunnerVariable) + "=" + runner_mark());
  if (std::string held = held_word(step, machine); !held.empty())
    c.env.push_back(std::string(kHeldVariable) + "=" + held);
  const char* lock = std::getenv("MLPGEN_MACHINE_LOCK");
  c.env.push_back(std::string(kProgressVariable) + "=" + progress_file(step));
  if (lock && !step.env.contains("MLPGEN_MACHINE_LOCK"))
    c.env.push_back(std::string("MLPGEN_MACHINE_LOCK=") + lock);
  return c;
}

// A fetch waits for others most of the time: it stops for a measurement, which need not wait for
// it.
Pauses pauses_of(const Step& step, MachineLock& machine, int records) {
  if (step.mode != Mode::kFetch || !machine.held()) return {};
  auto released = std::make_shared<Instant>();
  return {[&machine] { return machine.is_wanted(); },
          [&machine, released] {
            *released = clock_now();
            machine.lend();
          },
          [&machine, released, records] {
            bool taken = machine.take_back();
            if (taken) append_pause(records, *released, clock_now());
            return taken;
          }};
}

// Removes the temporary directory unless it became the artifact.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {}
  ~Temporary() { [[maybe_unused]] Status s = remove_tree(path_); }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The command has ended well: notes its outputs, syncs, renames. `.done` is written last of all
// that the directory holds and appears with it in one rename, so no finished command is ever seen
// unfinished.
Status finish(const Step& step, std::vector<PathNote> inputs, const std::string& temporary) {
  if (Status s = inputs_unchanged(inputs); !s)
    return failure_card(step, s.error().message, s.error().help);
  Result<std::vector<PathNote>> outputs = note_outputs(step, temporary);
  if (!outputs) return failure_card(step, outputs.error().message, outputs.error().help);
  Result<bool> freshened = freshen_outputs(step, temporary, *outputs);
  if (!freshened) return freshened.error();
  leave_tick(*outputs, inputs);
  if (Status s = sync_tree(temporary); !s) return s;
  if (Status s =
          write_done(temporary, {step.identity, std::move(*outputs), std::move(inputs)}, false);
      !s)
    return s;
  if (*freshened) freshen_done(step, temporary);
  if (Status s = clear_place(step, false, "something was put there while its command ran"); !s)
    return s;
  return publish(step, temporary);
}

// Runs the command. A server may have closed the connection of one that was stopped meanwhile: then
// its failure is none, and it begins again with nothing but what it keeps elsewhere.
Result<Outcome> run_to_end(const Step& step, const Command& command, const Pauses& pauses,
                           EdgeLog& log) {
  for (int restarts = 0;; ++restarts) {
    Result<Outcome> outcome = run_guarded(
        command, [&](std::string_view text) { log.add(text); }, pauses);
    if (!outcome || outcome->ok() || outcome->interrupted_by || outcome->pauses == 0 ||
        restarts == kMostRestarts)
      return outcome;
    log.add("It failed after it had stopped for a measurement, so it starts again.\n");
    if (Status s = remove_tree(temporary_directory(step)); !s) return s.error();
    if (Status s = make_temporary(step); !s) return s.error();
  }
}

// A command that met a full disk says so in its own words, or not at all.
std::string disk_help(const std::string& folder) {
  struct statvfs disk {};
  if (statvfs(folder.c_str(), &disk) != 0 || disk.f_bavail * disk.f_frsize > kFullDisk_bytes)
    return "";
  return "the disk of " + folder + " is full: free some space, then run ninja again";
}

// A harness that was asked for a valid run ends so where LoadGen calls it INVALID
// (docs/own-harness.md).
constexpr int kInvalidRun = 3;

// What a measurement with LoadGen missed, and the flags to change; nothing where it failed
// otherwise.
std::optional<Error> invalid_run(const Outcome& outcome, const std::string& folder) {
  const std::string path = folder + "/mlperf_log_detail.txt";
  if (!WIFEXITED(outcome.wait_status) || WEXITSTATUS(outcome.wait_status) != kInvalidRun ||
      !exists(path))
    return std::nullopt;
  Result<submission::LoadgenLog> log = submission::LoadgenLog::read(path);
  if (!log) return log.error();
  const std::vector<submission::MissedRule> missed = submission::missed_rules(*log);
  if (missed.empty()) return std::nullopt;
  Error error{"LoadGen calls this run INVALID, and a valid one is asked for", ""};
  std::vector<std::string> remedies;
  for (const submission::MissedRule& rule : missed) {
    error.message += "\nmissed: " + rule.rule + ": " + rule.what;
    if (std::find(remedies.begin(), remedies.end(), rule.remedy) == remedies.end())
      remedies.push_back(rule.remedy);
  }
  error.help = join(remedies, "\n      ");
  return error;
}

// What a failed measurement left is kept: it may have taken hours, and says why it failed.
Status failed_run(const Step& step, const Outcome& outcome, const MachineState& state,
                  Instant began, const std::string& temporary) {
  Error why{describe_status(outcome.wait_status), disk_help(temporary)};
  if (step.mode != Mode::kMeasure || outcome.interrupted_by)
    return failure_card(step, why.message, why.help);
  if (std::optional<Error> invalid = invalid_run(outcome, temporary)) why = *invalid;
  Instant ended = clock_now();
  Result<std::string> kept = keep_failed(step, temporary);
  if (!kept || kept->empty()) return failure_card(step, why.message, why.help);
  if (Status s = write_measurement(*kept, step, state, began, ended); !s) return s;
  return failure_card(step, why.message, why.help, *kept);
}

Status after_run(const Step& step, const Outcome& outcome, std::vector<PathNote> inputs,
                 const Status& logged, const MachineLock& machine, const MachineState& state,
                 Instant began, const std::string& temporary) {
  if (!outcome.ok()) return failed_run(step, outcome, state, began, temporary);
  if (!logged) return logged;
  if (Status s = machine.stands(); step.mode == Mode::kMeasure && !s)
    return failure_card(step, s.error().message, s.error().help);
  if (step.mode == Mode::kMeasure)
    if (Status s = write_measurement(temporary, step, state, began, clock_now()); !s) return s;
  return finish(step, std::move(inputs), temporary);
}

}  // namespace

Result<bool> freshen_outputs(const Step& step, const std::string& folder,
                             std::vector<PathNote>& notes) {
  int64_t mtime = future_mtime(step);
  if (mtime == 0) return false;
  bool any = false;
  for (PathNote& note : notes) {
    std::string path = folder + "/" + note.name;
    if (!move_mtime(path, mtime)) continue;
    any = true;
    Result<FileStamp> stamp = stamp_of(path);
    if (!stamp) return stamp.error();
    if (!note.folder) note.stamp = *stamp;
  }
  return any;
}

void freshen_done(const Step& step, const std::string& folder) {
  if (int64_t mtime = future_mtime(step)) move_mtime(folder + "/.done", mtime);
}

Status execute(const Step& step, std::vector<PathNote> inputs, MachineLock& machine,
               const LockFile& artifact, Instant started, Instant acquired, int records) {
  EdgeRecord record{started, acquired, {}, {}, false};
  if (Status s = remove_leftovers(step); !s) return s;
  Temporary temporary(temporary_directory(step));
  if (Status s = make_temporary(step); !s) return s;
  Result<Expanded> expanded = expand_step(step, temporary.path());
  if (!expanded) return expanded.error();
  const char* verbose = std::getenv("MLPGEN_VERBOSE");
  Result<EdgeLog> log =
      EdgeLog::create(log_path(step), expanded->secrets, verbose && !std::strcmp(verbose, "1"));
  if (!log) return log.error();
  log->add(command_line(*expanded));
  MachineState state = read_machine_state();
  Instant began = clock_now();
  append_event(records, step, "begin", began);
  Result<Outcome> outcome = run_to_end(step, command_of(step, *expanded, machine, artifact),
                                       pauses_of(step, machine, records), *log);
  Status logged = log->finish();
  Status status = outcome
                      ? after_run(step, *outcome, std::move(inputs), logged, machine, state, began,
                                  temporary.path())
                      : Status(failure_card(step, outcome.error().message, outcome.error().help));
  if (outcome) record.outcome = *outcome;
  record.finished = status.ok();
  record.released = clock_now();
  append_record(records, step, record);
  machine.release();
  if (outcome && outcome->interrupted_by) {
    [[maybe_unused]] Status s = remove_tree(temporary.path());
    end_by_signal(outcome->interrupted_by);
  }
  if (!status) return status;
  if (Status s = remove_tree(step.kept_directory()); !s) return s;
  return repair_links(step);
}

}  // namespace mlpgen
