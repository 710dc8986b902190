// One session of the model and the room for its batch: samples -> responses.
#include "stream.h"

#include <algorithm>
#include <cstring>

#include "failure.h"

namespace mlpgen {

Stream::Stream(const OrtLibrary& library, const std::string& model, const SessionSettings& settings,
               const Task& task, const SampleLibrary& samples, size_t batch)
    : task_(task), samples_(samples), session_(library, model, settings), batch_(batch) {
  parts_ = task.inputs(spec(), samples.type());
  outputs_ = task.outputs(spec());
  check_batch();
  staging_.resize(parts_.size());
  if (batch_ == 1) return;
  for (size_t i = 0; i < parts_.size(); ++i) staging_[i].resize(parts_[i].bytes * batch_);
  fixed_batch_ = spec().inputs.front().shape.front() > 0;
}

void Stream::check_batch() const {
  for (size_t i = 0; i < parts_.size(); ++i) {
    const TensorSpec& input = spec().inputs[i];
    const int64_t axis = parts_[i].has_batch_axis ? input.shape.front() : 1;
    if (axis < 0 || axis == static_cast<int64_t>(batch_)) continue;
    throw Failure("the model takes batches of " + std::to_string(axis) + " only (input '" +
                      input.name + "' is " + describe(input.type, input.shape) + "), not of " +
                      std::to_string(batch_),
                  "give --batch " + std::to_string(axis));
  }
  if (batch_ > 1 && !task_.batches())
    throw Failure("the model's outputs have no batch axis, so --batch " + std::to_string(batch_) +
                      " would mix up the samples",
                  "give --batch 1");
}

InputTensor Stream::input(size_t i, std::span<const size_t> indices) {
  const InputPart& part = parts_[i];
  InputTensor tensor{samples_.get(indices[0]) + part.offset, part.bytes, spec().inputs[i].type, {}};
  if (part.has_batch_axis) tensor.shape.push_back(1);
  tensor.shape.insert(tensor.shape.end(), part.shape.begin(), part.shape.end());
  if (batch_ == 1) return tensor;
  const size_t count = fixed_batch_ ? batch_ : indices.size();
  for (size_t k = 0; k < count; ++k) {
    const size_t index = indices[std::min(k, indices.size() - 1)];
    std::memcpy(&staging_[i][k * part.bytes], samples_.get(index) + part.offset, part.bytes);
  }
  tensor.data = staging_[i].data();
  tensor.bytes = count * part.bytes;
  tensor.shape.front() = static_cast<int64_t>(count);
  return tensor;
}

std::vector<Response> Stream::run(std::span<const size_t> indices) {
  std::vector<InputTensor> inputs;
  for (size_t i = 0; i < parts_.size(); ++i) inputs.push_back(input(i, indices));
  const Outputs outputs = session_.run(inputs, outputs_);
  return task_.encode(outputs, indices);
}

}  // namespace mlpgen
