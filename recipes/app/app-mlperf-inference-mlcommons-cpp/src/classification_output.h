// An image classifier's output -> the class that the reference's accuracy script reads.
#pragma once

#include "task.h"

namespace mlpgen {

// One output, by its name or the first that fits: int64[n] (the class itself) or float32[n,classes]
// (the best one is taken, the first of equals, so softmax or not is the same). Response: one
// float32, the class plus `label_offset` (mlcommons/inference, tools/accuracy-imagenet.py --dtype
// float32).
class ClassificationOutput : public Task {
 public:
  ClassificationOutput(int label_offset, std::string output)
      : label_offset_(label_offset), output_(std::move(output)) {}

  std::vector<std::string> outputs(const ModelSpec& model) const override;
  std::vector<Response> encode(const Outputs& outputs,
                               std::span<const size_t> samples) const override;

 private:
  int label_offset_;    // -1 for the MLPerf ResNet-50, whose class 0 is the background
  std::string output_;  // empty: the first that fits
};

}  // namespace mlpgen
