// LoadGen's queries -> the executor's work; its responses -> LoadGen.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "executor.h"
#include "progress.h"
#include "system_under_test.h"

namespace mlpgen {

class Sut : public mlperf::SystemUnderTest {
 public:
  explicit Sut(std::string name) : name_(std::move(name)) {}

  // The executor whose Complete is this object's complete(); must outlive the test.
  void connect(Executor& executor) { executor_ = &executor; }

  const std::string& Name() override { return name_; }
  void IssueQuery(const std::vector<mlperf::QuerySample>& samples) override;
  void FlushQueries() override {}  // nothing is held back: a stream takes what there is

  void complete(std::span<const Work> batch, std::span<const Response> responses);

  const Counts& counts() const { return counts_; }

 private:
  std::string name_;
  Executor* executor_ = nullptr;
  Counts counts_;
};

}  // namespace mlpgen
