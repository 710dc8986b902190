// Preprocessed samples in .npy files -> LoadGen's query sample library.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "npy.h"
#include "query_sample_library.h"

namespace mlpgen {

// The samples of all files, numbered through in the order of the files. Only those that LoadGen has
// loaded are in memory.
class SampleLibrary : public mlperf::QuerySampleLibrary {
 public:
  // All files must hold samples of one type. `performance_count` = 0: all samples. Throws Failure.
  SampleLibrary(const std::vector<std::string>& files, size_t performance_count);

  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return first_.back(); }
  size_t PerformanceSampleCount() override { return performance_count_; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>& samples) override;
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>& samples) override;

  size_t count() const { return first_.back(); }
  const SampleType& type() const { return files_.front().header().sample; }

  // The bytes of a loaded sample. Throws Failure if it is not loaded.
  const std::byte* get(size_t index) const;

 private:
  struct Free {
    void operator()(std::byte* p) const { std::free(p); }
  };

  std::string name_ = "mlpgen preprocessed samples";
  std::vector<NpyFile> files_;
  std::vector<size_t> first_;  // number of each file's first sample; the last entry is the total
  size_t performance_count_ = 0;
  std::vector<std::unique_ptr<std::byte, Free>> loaded_;  // null: not loaded
};

}  // namespace mlpgen
