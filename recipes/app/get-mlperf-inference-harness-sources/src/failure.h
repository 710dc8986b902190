// A mistake that the user can mend, on its way to main(): one sentence and what to type next.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace mlpgen {

constexpr int kExitMend = 1;     // the user can mend it
constexpr int kExitUsage = 2;    // the command line is not understood
constexpr int kExitInvalid = 3;  // --require-valid was given and LoadGen calls the run INVALID

struct Failure : std::runtime_error {
  explicit Failure(const std::string& message, std::string next = "", int code = kExitMend)
      : std::runtime_error(message), help(std::move(next)), exit_code(code) {}

  std::string help;  // what to type or do next; may be empty
  int exit_code;     // what the program returns
};

}  // namespace mlpgen
