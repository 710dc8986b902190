// Asks mlpgen-tool, and through it the package client, for what a lock entry must say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "plan/lock.h"
#include "process/output.h"

namespace mlpgen {

class PackageAsker {
 public:
  // `tool`: mlpgen-tool. `lock`: where the wheel of uv is looked up, if it has one.
  PackageAsker(std::string tool, Lock& lock, Sink& sink)
      : tool_(std::move(tool)), lock_(lock), sink_(sink) {}

  // Adds the entry to the lock. Reports no-such-package-version, and what mlpgen-tool says
  // otherwise. Uses the network.
  bool obtain(const LockWant& want);

 private:
  bool obtain_package(const LockWant& want);
  bool obtain_environment(const LockWant& want);
  bool obtain_conda(const LockWant& want);
  // What the command answers, whatever its exit status; reports that it could not be asked.
  std::optional<Output> answer_of(const LockWant& want, const std::vector<std::string>& argv);
  // The wheel of a package that the lock names, in the store; "" where there is none.
  std::string locked_wheel(const std::string& name, const std::string& python);
  void report(const LockWant& want, const std::string& output);

  std::string tool_;
  Lock& lock_;
  Sink& sink_;
};

}  // namespace mlpgen
