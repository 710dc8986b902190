// An image classifier's output -> the class that the reference's accuracy script reads.
#include "classification_output.h"

#include <algorithm>

#include "failure.h"

namespace mlpgen {
namespace {

bool names_classes(const TensorSpec& output) {
  return (output.type == ort::kInt64 && output.shape.size() == 1) ||
         (output.type == ort::kFloat && output.shape.size() == 2);
}

// "'logits' float32[?,1000], 'features' float32[?,7,7,1280]"
std::string list_outputs(const ModelSpec& model) {
  std::string list;
  for (const TensorSpec& output : model.outputs)
    list += (list.empty() ? "'" : ", '") + output.name + "' " + describe(output.type, output.shape);
  return list;
}

}  // namespace

std::vector<std::string> ClassificationOutput::outputs(const ModelSpec& model) const {
  if (!output_.empty() && !model.find_output(output_))
    throw Failure("the model has no output '" + output_ + "'", "it has " + list_outputs(model));
  for (const TensorSpec& output : model.outputs)
    if (names_classes(output) && (output_.empty() || output.name == output_)) return {output.name};
  throw Failure(
      output_.empty() ? "no output of the model names classes"
                      : "the model's output '" + output_ + "' names no classes",
      "classification needs int64[n] or float32[n,classes]; the model has " + list_outputs(model));
}

std::vector<Response> ClassificationOutput::encode(const Outputs& outputs,
                                                   std::span<const size_t> samples) const {
  const OutputTensor& output = outputs[0];
  const size_t rows = output.shape.empty() ? 0 : static_cast<size_t>(output.shape[0]);
  if (rows < samples.size() || output.elements() == 0)
    throw Failure("the model gave " + std::to_string(rows) + " results for a batch of " +
                  std::to_string(samples.size()));
  const size_t columns = output.elements() / rows;
  std::vector<Response> responses(samples.size());
  for (size_t i = 0; i < samples.size(); ++i) {
    int64_t label = 0;
    if (output.type == ort::kInt64) {
      label = static_cast<const int64_t*>(output.data)[i];
    } else {
      const float* row = output.floats() + i * columns;
      label = std::max_element(row, row + columns) - row;
    }
    append(responses[i], static_cast<float>(label + label_offset_));
  }
  return responses;
}

}  // namespace mlpgen
