// A model in ONNX Runtime: library -> session -> named tensors in, named tensors out.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ort_abi.h"

namespace mlpgen {

// One input or output as the model declares it.
struct TensorSpec {
  std::string name;
  int type = 0;                // ort::ElementType, or another of ONNX Runtime's
  std::vector<int64_t> shape;  // -1: a free axis
};

// What a model takes and gives.
struct ModelSpec {
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;

  const TensorSpec* find_output(const std::string& name) const;  // null: none of that name
};

// "float32[1,3,800,800]", for messages; a free axis is a question mark.
std::string describe(int type, std::span<const int64_t> shape);

// The shared library of the Python wheel `onnxruntime`, opened once in a program.
class OrtLibrary {
 public:
  // Throws Failure when `path` is no ONNX Runtime or one older than 1.17.
  explicit OrtLibrary(const std::string& path);
  ~OrtLibrary();
  OrtLibrary(const OrtLibrary&) = delete;
  OrtLibrary& operator=(const OrtLibrary&) = delete;

  const std::string& version() const { return version_; }
  ort::Env* env() const { return env_; }
  ort::MemoryInfo* memory() const { return memory_; }

  template <typename Function>
  Function get(ort::Entry<Function> entry) const {
    return api_.get(entry);
  }

  // Throws Failure with `what` and the library's own words if `status` is an error.
  void check(ort::Status* status, const std::string& what) const;

 private:
  ort::Api api_{nullptr};
  std::string version_;
  ort::Env* env_ = nullptr;
  ort::MemoryInfo* memory_ = nullptr;
};

// One tensor given to a session. `data` must outlive the run; it is not copied.
struct InputTensor {
  const void* data = nullptr;
  size_t bytes = 0;
  int type = 0;
  std::vector<int64_t> shape;
};

// One tensor that a run returned; `data` lives as long as its Outputs.
struct OutputTensor {
  const void* data = nullptr;
  int type = 0;
  std::vector<int64_t> shape;

  const float* floats() const { return static_cast<const float*>(data); }
  size_t elements() const;
};

// The outputs of one run, in the order asked for.
class Outputs {
 public:
  Outputs(const OrtLibrary& library, std::vector<ort::Value*> values);
  ~Outputs();
  Outputs(const Outputs&) = delete;
  Outputs& operator=(const Outputs&) = delete;

  const OutputTensor& operator[](size_t i) const { return tensors_[i]; }

 private:
  const OrtLibrary& library_;
  std::vector<ort::Value*> values_;
  std::vector<OutputTensor> tensors_;
};

// How a session runs.
struct SessionSettings {
  int threads = 1;                            // intra-op, the caller of run() among them
  std::map<std::string, std::string> config;  // onnxruntime_session_options_config_keys.h
};

// A loaded model. Its intra-op threads inherit the CPU affinity of the thread that creates it.
class OrtSession {
 public:
  // Throws Failure.
  OrtSession(const OrtLibrary& library, const std::string& model, const SessionSettings& settings);
  ~OrtSession();
  OrtSession(const OrtSession&) = delete;
  OrtSession& operator=(const OrtSession&) = delete;

  const ModelSpec& spec() const { return spec_; }

  // `inputs` in the order of spec().inputs, one for each.
  Outputs run(std::span<const InputTensor> inputs, std::span<const std::string> outputs) const;

 private:
  void read_spec();

  const OrtLibrary& library_;
  ort::Session* session_ = nullptr;
  ModelSpec spec_;
};

}  // namespace mlpgen
