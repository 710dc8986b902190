// A stand-in for Intel's system under test: the questions, and threads that answer them.
#pragma once
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "query_sample_library.h"
#include "system_under_test.h"

class Questions : public mlperf::QuerySampleLibrary {
 public:
  explicit Questions(std::vector<std::vector<int>> samples) : samples_(std::move(samples)) {}
  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return samples_.size(); }
  size_t PerformanceSampleCount() override { return samples_.size(); }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  const std::vector<int>& at(size_t index) const { return samples_.at(index); }

 private:
  std::string name_ = "BERT Squad QSL";
  std::vector<std::vector<int>> samples_;
};

class Bert : public mlperf::SystemUnderTest {
 public:
  Bert(std::map<std::string, int> model, const Questions& questions, int instances);
  ~Bert() override;
  const std::string& Name() override { return name_; }
  void IssueQuery(const std::vector<mlperf::QuerySample>& samples) override;
  void FlushQueries() override {}

 private:
  void instance();
  std::vector<float> answer(const std::vector<int>& words) const;  // start and end logit of each word

  std::string name_ = "BERT SUT";
  std::map<std::string, int> model_;
  const Questions& questions_;
  std::deque<mlperf::QuerySample> queue_;
  std::mutex mutex_;
  std::condition_variable ready_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};
