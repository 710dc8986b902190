// The program git, with nothing of the user's settings.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "process/process.h"

namespace mlpgen::tool {

class GitProgram {
 public:
  // `program`: a name on PATH or a path; `home`: an empty folder. Error: no-git.
  static Result<GitProgram> find(const std::string& program, const std::string& home);

  struct Call {
    std::vector<std::string> words;  // after "git"
    std::string repository;          // GIT_DIR; "" for none
    std::string work_tree, index;    // GIT_WORK_TREE and GIT_INDEX_FILE, where needed
    bool only_http = true;           // false: a mirror is a folder of this machine
    bool stdout_only = false;        // keep stdout alone, and do not repeat it on our stderr
  };
  // It never asks a question, runs no hook and reads no configuration but the repository's.
  Result<Outcome> run(const Call& call) const;

 private:
  GitProgram(std::string program, std::string home)
      : program_(std::move(program)), home_(std::move(home)) {}

  std::string program_, home_;
};

}  // namespace mlpgen::tool
