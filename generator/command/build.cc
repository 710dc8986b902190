// mlpgen build: runs Ninja, and shows what runs now in the words of the field.
#include <signal.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <thread>

#include "command/options.h"
#include "command/progress/lines.h"
#include "command/progress/running.h"
#include "command/progress/screen.h"
#include "command/request/session.h"
#include "file/file.h"
#include "file/terminal.h"
#include "process/guarded.h"
#include "process/output.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr std::chrono::seconds kPicture{1};  // a measurement is woken by nothing else
volatile sig_atomic_t build_interrupted = 0;

void note_interrupt(int) { build_interrupted = 1; }

// While it lives, Ctrl-C is for Ninja: this process waits for its end and then says how to go on.
class Interrupts {
 public:
  Interrupts() {
    struct sigaction note {};
    note.sa_handler = note_interrupt;
    sigaction(SIGINT, &note, &before_);
  }
  ~Interrupts() { sigaction(SIGINT, &before_, nullptr); }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

 private:
  struct sigaction before_ {};
};

// Ninja's lines pass above the picture, which a thread draws once a second.
class LiveBuild {
 public:
  LiveBuild(std::vector<StepSummary> steps, size_t jobs)
      : watch_(std::move(steps), jobs), thread_([this] { draw(); }) {}
  ~LiveBuild() {
    {
      std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  LiveBuild(const LiveBuild&) = delete;
  LiveBuild& operator=(const LiveBuild&) = delete;

  // What Ninja prints: lines with its status tell how many edges are done, others are shown.
  void take(std::string_view text) {
    std::lock_guard lock(mutex_);
    kept_ += text;
    std::string shown;
    for (size_t end = kept_.find('\n'); end != std::string::npos; end = kept_.find('\n')) {
      std::string line = kept_.substr(0, end + 1);
      kept_.erase(0, end + 1);
      if (line.starts_with('[') && line.find("] ") != std::string::npos)
        status_ = line.substr(0, line.find("] ") + 1);
      else
        shown += line;
    }
    if (!shown.empty()) screen_.print(shown);
  }

 private:
  void draw() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kPicture, [this] { return ended_; })) {
      Snapshot now = watch_.look();
      Terminal t = terminal_at(STDOUT_FILENO);
      screen_.draw(progress_lines(now, total_text(now), t.columns, t.rows, t.colour()));
    }
  }

  std::string total_text(const Snapshot& now) const {
    std::string text = status_.empty() ? "[0]" : status_;
    text += " " + counted(now.running.size(), "edge") + " running, " +
            short_time(
                std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count());
    return now.left >= 1 ? text + "; about " + short_time(now.left) + " left" : text;
  }

  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  Screen screen_;
  Watch watch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::string kept_, status_;
  std::thread thread_;
};

std::string ninja_program() {
  for (const char* name : {"ninja", "samu"})
    for (const std::string& folder : split(std::getenv("PATH") ? std::getenv("PATH") : "", ':'))
      if (access((folder + "/" + name).c_str(), X_OK) == 0) return folder + "/" + name;
  return "";
}

// Ninja's words: those of the command line that are not this command's.
Command ninja_command(const CommandLine& line, const std::string& ninja, bool live) {
  Command c{{ninja},
            environment_with(live ? std::map<std::string, std::string>{{"NINJA_STATUS", "[%f/%t] "}}
                                  : std::map<std::string, std::string>())};
  for (const char* option : {"-j", "-k"})
    if (line.has(option)) c.argv.push_back(option + line.option(option));
  if (line.has("--verbose")) c.argv.push_back("-v");
  c.argv.insert(c.argv.end(), line.words.begin(), line.words.end());
  return c;
}

size_t jobs_of(const CommandLine& line) {
  long jobs = std::strtol(line.option("-j", "0").c_str(), nullptr, 10);
  return jobs > 0 ? static_cast<size_t>(jobs)
                  : static_cast<size_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
}

std::string again_command(const Session& s, const CommandLine& line) {
  std::string command = "mlpgen build" + s.in_directory();
  for (const std::string& word : line.words) command += " " + shell_quote(word);
  return command;
}

int end_of_build(Session& s, const CommandLine& line, const Outcome& outcome) {
  if (build_interrupted) {
    std::cout << "Interrupted. What is done is kept; to go on, type: " << again_command(s, line)
              << "\n"
              << std::flush;
    return 130;
  }
  if (outcome.ok()) return s.finish();
  std::cout << "Not done. `mlpgen log" << s.in_directory()
            << " --failed` shows the failure again; to go on, type: " << again_command(s, line)
            << "\n";
  return kMendable;
}

}  // namespace

static int run_build(const CommandLine& line) {
  Session s(line);
  if (!s.is_configured()) return s.finish();
  std::string ninja = ninja_program();
  if (ninja.empty()) {
    s.sink.error("no-ninja", {}, "there is no Ninja on PATH")
        .with_help("install it: apt-get install ninja-build");
    return s.finish();
  }
  Result<std::vector<StepSummary>> steps = list_steps(".");
  if (!steps) {
    s.sink.error("damaged-plan", {}, steps.error().message).with_help(steps.error().help);
    return s.finish();
  }
  bool live = terminal_at(STDOUT_FILENO).is_terminal && !s.quiet && !line.has("--plain");
  Command command = ninja_command(line, ninja, live);
  if (s.quiet) command.argv.insert(command.argv.begin() + 1, "--quiet");
  Interrupts interrupts;
  std::cout << std::flush;
  Result<Outcome> outcome = [&]() -> Result<Outcome> {
    if (!live)
      return run_program(command, [](std::string_view text) { std::cout << text << std::flush; });
    LiveBuild build(std::move(*steps), jobs_of(line));
    return run_program(command, [&](std::string_view text) { build.take(text); });
  }();
  if (!outcome) {
    s.sink.error("no-program", {}, outcome.error().message).with_help(outcome.error().help);
    return s.finish();
  }
  return end_of_build(s, line, *outcome);
}

CommandEntry build_entry() {
  return {"build",
          "[TARGET...]",
          "Run Ninja and show each running edge: bytes, samples, rates, time left",
          R"(It runs `ninja TARGET...` in the run directory; without a target, what `ninja` builds.
On a terminal one line stands for each edge that runs or waits, and what it waits for;
elsewhere it prints Ninja's lines. Plain `ninja` does the same work; `mlpgen status` shows it
from a second terminal. Where Ctrl-C stopped it, the same command goes on.

Examples:
  mlpgen build submission
  mlpgen build -C run1 performance)",
          {{"-j", "N", "edges that run at once (as Ninja's)"},
           {"-k", "N", "go on until N edges failed (as Ninja's); 0: as far as possible"},
           {"--plain", "", "print Ninja's lines on a terminal, too"},
           kQuietOption,
           {"--verbose", "", "print each command (as Ninja's -v)", "-v"},
           kDirectoryOption,
           kHelpOption},
          false,
          run_build};
}

}  // namespace mlpgen
