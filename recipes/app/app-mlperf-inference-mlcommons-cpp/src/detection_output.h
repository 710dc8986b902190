// RetinaNet's outputs -> the detections that the reference's accuracy script reads.
#pragma once

#include "task.h"

namespace mlpgen {

// Outputs by name: boxes float32[n,4] as xmin, ymin, xmax, ymax in pixels of the model's input;
// scores float32[n], best first; labels int64[n].
//
// Response: for each detection 7 float32: sample index, ymin, xmin, ymax, xmax as fractions of the
// input's height and width, score, label. The list ends at the first score under 0.05, as in the
// reference (mlcommons/inference, python/main.py openimages-800-retinanet-onnx and
// python/openimages.py). A sample without detections has an empty response.
class DetectionOutput : public Task {
 public:
  static constexpr float kScoreThreshold = 0.05f;

  // `sample` is an image of 3 planes [3,H,W] or of 3 values a pixel [H,W,3]. Throws Failure.
  explicit DetectionOutput(const SampleType& sample);

  std::vector<std::string> outputs(const ModelSpec& model) const override;
  bool batches() const override { return false; }  // the outputs have no batch axis
  std::vector<Response> encode(const Outputs& outputs,
                               std::span<const size_t> samples) const override;

  // `boxes` holds 4 numbers for each of `scores` and `labels`.
  Response encode_sample(size_t index, std::span<const float> boxes, std::span<const float> scores,
                         std::span<const int64_t> labels) const;

 private:
  float height_ = 0;  // of the model's input, in pixels
  float width_ = 0;
};

}  // namespace mlpgen
