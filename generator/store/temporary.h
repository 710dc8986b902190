// A private folder that goes away with its owner.
#pragma once

#include <string>

#include "base/result.h"

namespace mlpgen {

class TemporaryFolder {
 public:
  // Makes PARENT/PID-N. What a killed process left there for more than a day is removed on the way.
  static Result<TemporaryFolder> make(const std::string& parent);

  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace mlpgen
