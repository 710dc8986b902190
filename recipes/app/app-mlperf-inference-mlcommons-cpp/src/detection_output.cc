// RetinaNet's outputs -> the detections that the reference's accuracy script reads.
#include "detection_output.h"

#include "failure.h"

namespace mlpgen {

DetectionOutput::DetectionOutput(const SampleType& sample) {
  const std::vector<int64_t>& shape = sample.shape;
  const bool planes = shape.size() == 3 && shape[0] == 3;
  if (!planes && !(shape.size() == 3 && shape[2] == 3))
    throw Failure("a sample is " + describe(sample.type, shape) + ", detection needs an image",
                  "preprocess the data set to [3,H,W] or [H,W,3]");
  height_ = static_cast<float>(shape[planes ? 1 : 0]);
  width_ = static_cast<float>(shape[planes ? 2 : 1]);
}

std::vector<std::string> DetectionOutput::outputs(const ModelSpec& model) const {
  const std::vector<std::string> names = {"boxes", "scores", "labels"};
  const std::vector<int> types = {ort::kFloat, ort::kFloat, ort::kInt64};
  for (size_t i = 0; i < names.size(); ++i) {
    const TensorSpec* output = model.find_output(names[i]);
    const size_t rank = i == 0 ? 2 : 1;
    if (output && output->type == types[i] && output->shape.size() == rank) continue;
    const std::string found =
        output ? "is " + describe(output->type, output->shape) : std::string("is missing");
    throw Failure("the model's output '" + names[i] + "' " + found,
                  "detection needs boxes float32[n,4], scores float32[n] and labels int64[n]");
  }
  return names;
}

std::vector<Response> DetectionOutput::encode(const Outputs& outputs,
                                              std::span<const size_t> samples) const {
  const size_t n = outputs[1].elements();
  if (outputs[0].elements() != 4 * n || outputs[2].elements() != n)
    throw Failure("the model gave boxes, scores and labels of different lengths");
  return {encode_sample(samples[0], {outputs[0].floats(), 4 * n}, {outputs[1].floats(), n},
                        {static_cast<const int64_t*>(outputs[2].data), n})};
}

Response DetectionOutput::encode_sample(size_t index, std::span<const float> boxes,
                                        std::span<const float> scores,
                                        std::span<const int64_t> labels) const {
  Response response;
  for (size_t i = 0; i < scores.size() && !(scores[i] < kScoreThreshold); ++i) {
    const float* box = &boxes[4 * i];
    append(response, static_cast<float>(index));
    append(response, box[1] / height_);
    append(response, box[0] / width_);
    append(response, box[3] / height_);
    append(response, box[2] / width_);
    append(response, scores[i]);
    append(response, static_cast<float>(labels[i]));
  }
  return response;
}

}  // namespace mlpgen
