// Preprocessed samples in .npy files -> LoadGen's query sample library.
#include "sample_library.h"

#include <algorithm>
#include <new>

#include "failure.h"
#include "ort_session.h"

namespace mlpgen {

constexpr size_t kAlignment = 64;  // one cache line, the widest vector load

SampleLibrary::SampleLibrary(const std::vector<std::string>& files, size_t performance_count) {
  if (files.empty()) throw Failure("there is no data", "give --data FILE.npy, once for each file");
  first_.push_back(0);
  for (const std::string& path : files) {
    files_.emplace_back(path);
    const NpyHeader& header = files_.back().header();
    if (header.sample != type())
      throw Failure(path + " holds " + describe(header.sample.type, header.sample.shape) +
                        " a sample, " + files.front() + " holds " +
                        describe(type().type, type().shape),
                    "give --data files of one data set only");
    first_.push_back(first_.back() + header.count);
  }
  const size_t total = first_.back();
  performance_count_ = performance_count ? std::min(performance_count, total) : total;
  loaded_.resize(total);
}

void SampleLibrary::LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>& samples) {
  const size_t room = (type().bytes() + kAlignment - 1) / kAlignment * kAlignment;
  for (size_t index : samples) {
    if (loaded_.at(index)) continue;
    auto* memory = static_cast<std::byte*>(std::aligned_alloc(kAlignment, room));
    if (!memory) throw std::bad_alloc();
    loaded_[index].reset(memory);
    const auto next = std::upper_bound(first_.begin(), first_.end(), index);
    const auto file = static_cast<size_t>(next - first_.begin()) - 1;
    files_[file].read(index - first_[file], memory);
  }
}

void SampleLibrary::UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>& samples) {
  for (size_t index : samples) loaded_.at(index).reset();
}

const std::byte* SampleLibrary::get(size_t index) const {
  if (index >= loaded_.size() || !loaded_[index])
    throw Failure("sample " + std::to_string(index) + " was asked for before it was loaded");
  return loaded_[index].get();
}

}  // namespace mlpgen
