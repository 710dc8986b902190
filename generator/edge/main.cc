// mlpgen-edge IDENTITY12, and mlpgen-edge --verify STAMP: called by Ninja for every edge and every
// target, in the run directory.
#include <signal.h>
#include <sys/prctl.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>

#include "edge/runner.h"
#include "edge/verify.h"
#include "file/inherited.h"
#include "file/standard_output.h"
#include "machine/lock_holders.h"

namespace {

constexpr const char* kUsage = "mlpgen-edge IDENTITY12\nmlpgen-edge --verify STAMP\n";
constexpr const char* kHelp = R"(
Brings one edge of .mlpgen/plan up to date: makes its artifact, or finds that it is good. Ninja
calls it in the run directory for each edge and each target; `mlpgen repro EDGE` prints what to
type to make one by hand.

  IDENTITY12      the edge: 12 digits or more of its identity
  --verify STAMP  bring up to date what was made for a target and changed since; Ninja's last edge
                  of each target
  --help          print this text

Exit codes: 0 done, 1 something that you can fix, 2 usage, 70 our bug. A run that a signal stops
ends by that signal.
)";

}  // namespace

int main(int argc, char** argv) {
  mlpgen::reset_inherited();
  mlpgen::hold_standard_output();
  std::string identity = argc == 2 ? argv[1] : "";
  if (identity == "--help" || identity == "-h") {
    std::cout << kUsage << kHelp;
    return mlpgen::finish_standard_output(0);
  }
  bool digits = std::all_of(identity.begin(), identity.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  bool verify = argc == 3 && std::string(argv[1]) == "--verify";
  if (!verify && (identity.size() < 12 || identity.size() > 64 || !digits)) {
    std::fprintf(stderr,
                 "error: mlpgen-edge takes an identity, or --verify and a stamp  [usage]\nhelp: "
                 "type one of\n%s",
                 kUsage);
    return 2;
  }
  prctl(PR_SET_NAME, mlpgen::kRunnerName);
  signal(SIGPIPE, SIG_IGN);  // a reader of our messages that went away must not end the work
  return mlpgen::finish_standard_output(verify ? mlpgen::verify_target(argv[2])
                                               : mlpgen::run_edge(identity));
}
