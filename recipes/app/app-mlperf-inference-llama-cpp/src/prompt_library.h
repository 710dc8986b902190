// A file of prompts -> LoadGen's query sample library.
#pragma once

#include <string>
#include <vector>

#include "language_model.h"
#include "query_sample_library.h"

namespace mlpgen {

// The prompts of a file, one `{"prompt": TEXT}` a line. Only the tokens of those that LoadGen has
// loaded are in memory.
class PromptLibrary : public mlperf::QuerySampleLibrary {
 public:
  // Tokenizes every prompt once, so that a bad one is noticed before the run. `performance_count` =
  // 0: all. Throws Failure with the number of the line.
  PromptLibrary(const std::string& path, const LanguageModel& model, size_t performance_count);

  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return texts_.size(); }
  size_t PerformanceSampleCount() override { return performance_count_; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>& samples) override;
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>& samples) override;

  size_t count() const { return texts_.size(); }
  size_t longest() const { return longest_; }        // tokens of the longest prompt
  size_t all_tokens() const { return all_tokens_; }  // tokens of all prompts

  // The tokens of a loaded prompt. Throws Failure if it is not loaded.
  const Tokens& get(size_t index) const;

 private:
  std::string name_ = "mlpgen prompts";
  const LanguageModel& model_;
  std::vector<std::string> texts_;
  std::vector<Tokens> loaded_;  // empty: not loaded
  size_t performance_count_ = 0;
  size_t longest_ = 0;
  size_t all_tokens_ = 0;
};

}  // namespace mlpgen
