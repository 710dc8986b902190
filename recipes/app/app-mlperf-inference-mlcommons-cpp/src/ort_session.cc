// ONNX Runtime's table of functions -> sessions and tensors that release themselves.
#include "ort_session.h"

#include <dlfcn.h>

#include "failure.h"

namespace mlpgen {
namespace {

const char* type_name(int type) {
  switch (type) {
    case ort::kFloat:
      return "float32";
    case ort::kUint8:
      return "uint8";
    case ort::kInt32:
      return "int32";
    case ort::kInt64:
      return "int64";
    default:
      return "other";
  }
}

void read_tensor_info(const OrtLibrary& library, const ort::TensorInfo* info, int& type,
                      std::vector<int64_t>& shape) {
  size_t rank = 0;
  library.check(library.get(ort::kGetTensorElementType)(info, &type), "a tensor has no type");
  library.check(library.get(ort::kGetDimensionsCount)(info, &rank), "a tensor has no shape");
  shape.resize(rank);
  library.check(library.get(ort::kGetDimensions)(info, shape.data(), rank),
                "a tensor has no shape");
}

// Reads one declared input or output; `name` is the library's memory and is freed here.
TensorSpec read_spec_of(const OrtLibrary& library, ort::TypeInfo* type_info, char* name,
                        ort::Allocator* allocator) {
  TensorSpec spec;
  spec.name = name;
  library.check(library.get(ort::kAllocatorFree)(allocator, name), "memory was not freed");
  const ort::TensorInfo* tensor = nullptr;
  library.check(library.get(ort::kCastTypeInfoToTensorInfo)(type_info, &tensor),
                "'" + spec.name + "' has no type");
  // A map or a sequence has no tensor info: its type stays 0 and no task accepts it.
  if (tensor) read_tensor_info(library, tensor, spec.type, spec.shape);
  library.get(ort::kReleaseTypeInfo)(type_info);
  return spec;
}

}  // namespace

std::string describe(int type, std::span<const int64_t> shape) {
  std::string text = std::string(type_name(type)) + "[";
  for (size_t i = 0; i < shape.size(); ++i) {
    if (i) text += ",";
    text += shape[i] < 0 ? "?" : std::to_string(shape[i]);
  }
  return text + "]";
}

const TensorSpec* ModelSpec::find_output(const std::string& name) const {
  for (const TensorSpec& output : outputs)
    if (output.name == name) return &output;
  return nullptr;
}

OrtLibrary::OrtLibrary(const std::string& path) {
  const std::string help =
      "give --onnxruntime the file libonnxruntime.so.VERSION of the Python wheel onnxruntime "
      "(folder onnxruntime/capi)";
  // The handle stays open until the program ends: the library does not survive being unloaded.
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) throw Failure("cannot open ONNX Runtime: " + std::string(dlerror()), help);
  auto get_base = reinterpret_cast<const ort::ApiBase* (*)()>(dlsym(handle, "OrtGetApiBase"));
  if (!get_base) throw Failure(path + " is no ONNX Runtime: it has no OrtGetApiBase", help);
  const ort::ApiBase* base = get_base();
  version_ = base->version();
  const void* const* table = base->get_api(ort::kApiVersion);
  if (!table)
    throw Failure("ONNX Runtime " + version_ + " is too old: it has no C interface of version " +
                      std::to_string(ort::kApiVersion),
                  "take version 1.17 or newer");
  api_ = ort::Api(table);
  check(get(ort::kCreateEnv)(ort::kLogError, "mlpgen", &env_), "ONNX Runtime did not start");
  check(get(ort::kCreateCpuMemoryInfo)(ort::kArenaAllocator, ort::kMemTypeDefault, &memory_),
        "ONNX Runtime did not start");
}

OrtLibrary::~OrtLibrary() {
  if (memory_) get(ort::kReleaseMemoryInfo)(memory_);
  if (env_) get(ort::kReleaseEnv)(env_);
}

void OrtLibrary::check(ort::Status* status, const std::string& what) const {
  if (!status) return;
  const std::string words = get(ort::kGetErrorMessage)(status);
  get(ort::kReleaseStatus)(status);
  throw Failure(what + ": " + words);
}

size_t OutputTensor::elements() const {
  size_t n = 1;
  for (int64_t axis : shape) n *= static_cast<size_t>(axis);
  return n;
}

Outputs::Outputs(const OrtLibrary& library, std::vector<ort::Value*> values)
    : library_(library), values_(std::move(values)), tensors_(values_.size()) {
  for (size_t i = 0; i < values_.size(); ++i) {
    OutputTensor& tensor = tensors_[i];
    ort::TensorInfo* info = nullptr;
    library_.check(library_.get(ort::kGetTensorTypeAndShape)(values_[i], &info),
                   "an output is no tensor");
    read_tensor_info(library_, info, tensor.type, tensor.shape);
    library_.get(ort::kReleaseTensorInfo)(info);
    void* data = nullptr;
    library_.check(library_.get(ort::kGetTensorMutableData)(values_[i], &data),
                   "an output has no data");
    tensor.data = data;
  }
}

Outputs::~Outputs() {
  for (ort::Value* value : values_) library_.get(ort::kReleaseValue)(value);
}

OrtSession::OrtSession(const OrtLibrary& library, const std::string& model,
                       const SessionSettings& settings)
    : library_(library) {
  ort::SessionOptions* options = nullptr;
  library.check(library.get(ort::kCreateSessionOptions)(&options), "no session options");
  library.check(library.get(ort::kSetIntraOpNumThreads)(options, settings.threads),
                "--num_threads " + std::to_string(settings.threads) + " was refused");
  for (const auto& [key, value] : settings.config)
    library.check(library.get(ort::kAddSessionConfigEntry)(options, key.c_str(), value.c_str()),
                  "the setting " + key + " was refused");
  ort::Status* status =
      library.get(ort::kCreateSession)(library.env(), model.c_str(), options, &session_);
  library.get(ort::kReleaseSessionOptions)(options);
  library.check(status, "cannot load the model " + model);
  read_spec();
}

OrtSession::~OrtSession() {
  if (session_) library_.get(ort::kReleaseSession)(session_);
}

void OrtSession::read_spec() {
  const OrtLibrary& lib = library_;
  ort::Allocator* allocator = nullptr;
  lib.check(lib.get(ort::kGetAllocatorWithDefaultOptions)(&allocator), "no allocator");
  size_t inputs = 0, outputs = 0;
  lib.check(lib.get(ort::kSessionGetInputCount)(session_, &inputs), "the model has no inputs");
  lib.check(lib.get(ort::kSessionGetOutputCount)(session_, &outputs), "the model has no outputs");
  auto read = [&](size_t i, auto type_entry, auto name_entry) {
    ort::TypeInfo* type = nullptr;
    char* name = nullptr;
    lib.check(lib.get(type_entry)(session_, i, &type), "an input or output has no type");
    lib.check(lib.get(name_entry)(session_, i, allocator, &name), "an input or output has no name");
    return read_spec_of(lib, type, name, allocator);
  };
  for (size_t i = 0; i < inputs; ++i)
    spec_.inputs.push_back(read(i, ort::kSessionGetInputTypeInfo, ort::kSessionGetInputName));
  for (size_t i = 0; i < outputs; ++i)
    spec_.outputs.push_back(read(i, ort::kSessionGetOutputTypeInfo, ort::kSessionGetOutputName));
}

Outputs OrtSession::run(std::span<const InputTensor> inputs,
                        std::span<const std::string> outputs) const {
  std::vector<const char*> input_names, output_names;
  std::vector<ort::Value*> values(inputs.size(), nullptr), results(outputs.size(), nullptr);
  ort::Status* status = nullptr;
  for (size_t i = 0; i < inputs.size() && !status; ++i) {
    const InputTensor& in = inputs[i];
    input_names.push_back(spec_.inputs[i].name.c_str());
    status = library_.get(ort::kCreateTensorWithData)(library_.memory(), const_cast<void*>(in.data),
                                                      in.bytes, in.shape.data(), in.shape.size(),
                                                      in.type, &values[i]);
  }
  for (const std::string& name : outputs) output_names.push_back(name.c_str());
  if (!status)
    status =
        library_.get(ort::kRun)(session_, nullptr, input_names.data(), values.data(), values.size(),
                                output_names.data(), output_names.size(), results.data());
  for (ort::Value* value : values)
    if (value) library_.get(ort::kReleaseValue)(value);
  library_.check(status, "the model did not run");
  return Outputs(library_, std::move(results));
}

}  // namespace mlpgen
