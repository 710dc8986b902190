// One session of the model and the room for its batch: samples -> responses.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ort_session.h"
#include "sample_library.h"
#include "task.h"

namespace mlpgen {

class Stream {
 public:
  // `batch` samples at most in one run. Throws Failure if the model's batch axis is fixed to
  // another number, or if model, data and task do not fit.
  Stream(const OrtLibrary& library, const std::string& model, const SessionSettings& settings,
         const Task& task, const SampleLibrary& samples, size_t batch);

  // Runs `indices` (loaded samples, `batch` at most) as one batch; one response each. Throws
  // Failure.
  std::vector<Response> run(std::span<const size_t> indices);

  const ModelSpec& spec() const { return session_.spec(); }

 private:
  void check_batch() const;
  InputTensor input(size_t part, std::span<const size_t> indices);

  const Task& task_;
  const SampleLibrary& samples_;
  OrtSession session_;
  size_t batch_;
  bool fixed_batch_ = false;  // the model takes exactly batch_ samples, short batches are padded
  std::vector<InputPart> parts_;
  std::vector<std::string> outputs_;
  std::vector<std::vector<std::byte>> staging_;  // a batch's samples side by side, for each input
};

}  // namespace mlpgen
