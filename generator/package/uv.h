// uv, the program that resolves and installs Python packages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "process/process.h"
#include "store/store.h"
#include "store/temporary.h"

namespace mlpgen::tool {

class Uv {
 public:
  // Takes the program out of uv's own wheel, or, without one (""), the uv on PATH. Errors: no-uv,
  // not-an-archive.
  static Result<Uv> open(const Store& store, const std::string& wheel);

  // uv with these words. Its cache is a folder of the store; no configuration file is read (UV_*
  // variables count); user's packages and PYTHON* variables do not; it never downloads a Python.
  enum class Output {
    kShown,
    kKept,
    kStdoutKept
  };  // on stderr as it comes, or only in the outcome
  Result<Outcome> run(const std::vector<std::string>& words, bool offline,
                      Output output = Output::kShown) const;

 private:
  Uv(TemporaryFolder scratch, std::string program, std::string cache)
      : scratch_(std::move(scratch)), program_(std::move(program)), cache_(std::move(cache)) {}

  TemporaryFolder scratch_;  // holds the program that came out of the wheel
  std::string program_;
  std::string cache_;
};

// What uv's output means, for a call that failed; `what` is what was being done, e.g. "install
// requirements.txt".
Error explain_uv(const std::string& what, const std::string& output, bool offline);

}  // namespace mlpgen::tool
