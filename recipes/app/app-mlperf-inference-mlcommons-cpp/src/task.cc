// The name of a task -> the task; how most tasks give a sample to a model.
#include "task.h"

#include <algorithm>

#include "classification_output.h"
#include "detection_output.h"
#include "failure.h"

namespace mlpgen {
namespace {

// True if a tensor of shape `wanted` (free axes are -1) can have shape `given`.
bool fits(std::span<const int64_t> wanted, std::span<const int64_t> given) {
  return std::equal(wanted.begin(), wanted.end(), given.begin(), given.end(),
                    [](int64_t w, int64_t g) { return w < 0 || w == g; });
}

}  // namespace

std::vector<InputPart> Task::inputs(const ModelSpec& model, const SampleType& sample) const {
  if (model.inputs.size() != 1)
    throw Failure(
        "the model has " + std::to_string(model.inputs.size()) + " inputs, this task gives it one",
        "look at --model and --task");
  const TensorSpec& input = model.inputs.front();
  const std::span<const int64_t> shape(input.shape);
  InputPart part{0, sample.bytes(), sample.shape, shape.size() == sample.shape.size() + 1};
  if (input.type != sample.type ||
      !fits(part.has_batch_axis ? shape.subspan(1) : shape, sample.shape))
    throw Failure("the model's input '" + input.name + "' is " + describe(input.type, shape) +
                      ", a sample of the data is " + describe(sample.type, sample.shape),
                  "preprocess the data set for this model: size and --layout");
  return {part};
}

std::unique_ptr<Task> make_task(std::string_view name, const TaskOptions& options) {
  if (name == "detection") return std::make_unique<DetectionOutput>(options.sample);
  if (name == "classification")
    return std::make_unique<ClassificationOutput>(options.label_offset, options.output);
  throw Failure("there is no task '" + std::string(name) + "'",
                "--task is detection or classification", kExitUsage);
}

}  // namespace mlpgen
