// What one benchmark task expects of a model and writes to the accuracy log.
//
// A new task is one file that derives from Task and one line in make_task().
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "npy.h"
#include "ort_session.h"

namespace mlpgen {

// The bytes that the accuracy log holds for one sample; none at all is a legal response.
using Response = std::vector<std::byte>;

// The part of a sample that one input of the model takes.
struct InputPart {
  size_t offset = 0;           // from the start of the sample, in bytes
  size_t bytes = 0;            // of one sample
  std::vector<int64_t> shape;  // of one sample, without the batch axis
  bool has_batch_axis = true;  // false: the model's input is exactly one sample
};

class Task {
 public:
  virtual ~Task() = default;

  // Where each input of the model lies in a sample, in the model's order. By default one input
  // takes the whole sample. Throws Failure if model and data do not fit.
  virtual std::vector<InputPart> inputs(const ModelSpec& model, const SampleType& sample) const;

  // The outputs to ask for, in the order in which encode() reads them. Throws Failure if the model
  // has them not, or not as the task expects.
  virtual std::vector<std::string> outputs(const ModelSpec& model) const = 0;

  // False if the outputs of several samples in one run cannot be told apart.
  virtual bool batches() const { return true; }

  // One response for each of `samples` (indices in the data set), which ran as one batch. The batch
  // may be longer than `samples` if the model's is fixed; what comes after them is padding.
  virtual std::vector<Response> encode(const Outputs& outputs,
                                       std::span<const size_t> samples) const = 0;
};

// What a task needs to know beside the model.
struct TaskOptions {
  SampleType sample;     // of the data
  int label_offset = 0;  // classification: added to the class that the model names
  std::string output;    // classification: name of the output; empty: the first that fits
};

// `name` is detection or classification. Throws Failure.
std::unique_ptr<Task> make_task(std::string_view name, const TaskOptions& options);

// Appends `value` to `response` as LoadGen's log holds it: the bytes of this machine.
template <typename T>
void append(Response& response, T value) {
  const auto* bytes = reinterpret_cast<const std::byte*>(&value);
  response.insert(response.end(), bytes, bytes + sizeof value);
}

}  // namespace mlpgen
