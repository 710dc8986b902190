// mlpgen-edge IDENTITY12, and mlpgen-edge --verify STAMP: called by Ninja for every edge and every target, in the run directory.
#include <signal.h>
#include <sys/prctl.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "base/inherited.h"
#include "base/standard_output.h"
#include "edge/lock_holders.h"
#include "edge/runner.h"
#include "edge/verify.h"

int main(int argc, char** argv) {
  mlpgen::reset_inherited();
  mlpgen::hold_standard_output();
  std::string identity = argc == 2 ? argv[1] : "";
  bool digits = std::all_of(identity.begin(), identity.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  bool verify = argc == 3 && std::string(argv[1]) == "--verify";
  if (!verify && (identity.size() < 12 || identity.size() > 64 || !digits)) {
    std::fputs(
        "usage: mlpgen-edge IDENTITY12 | --verify STAMP\n"
        "Brings one edge of .mlpgen/plan up to date, or all of a target; Ninja calls it in the run "
        "directory.\n",
        stderr);
    return 2;
  }
  prctl(PR_SET_NAME, mlpgen::kRunnerName);
  signal(SIGPIPE, SIG_IGN);  // a reader of our messages that went away must not end the work
  return mlpgen::finish_standard_output(verify ? mlpgen::verify_target(argv[2])
                                                : mlpgen::run_edge(identity));
}
