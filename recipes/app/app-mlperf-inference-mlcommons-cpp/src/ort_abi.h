// ONNX Runtime's C interface without its headers: the entries of the OrtApi table that the harness
// uses, by index and signature.
//
// OrtApi is a struct of function pointers that only ever grows at its end, so an index keeps its
// meaning in every later version. GetApi(17) asks for the table as of version 1.17; newer libraries
// serve it too, older ones return null. tests/harness calls every entry on two versions.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mlpgen::ort {

// Opaque types of the library.
struct Status;
struct Env;
struct SessionOptions;
struct Session;
struct RunOptions;
struct MemoryInfo;
struct Allocator;
struct TypeInfo;
struct TensorInfo;  // OrtTensorTypeAndShapeInfo
struct Value;

constexpr uint32_t kApiVersion = 17;
constexpr int kLogError = 3;        // OrtLoggingLevel ORT_LOGGING_LEVEL_ERROR
constexpr int kArenaAllocator = 1;  // OrtAllocatorType OrtArenaAllocator
constexpr int kMemTypeDefault = 0;  // OrtMemType OrtMemTypeDefault

// ONNXTensorElementDataType, the values that the harness handles.
enum ElementType : int { kFloat = 1, kUint8 = 2, kInt32 = 6, kInt64 = 7 };

// What OrtGetApiBase() returns.
struct ApiBase {
  const void* const* (*get_api)(uint32_t version);  // null if the library is older
  const char* (*version)();                         // "1.31.1"
};

// The place of one function in the table, with its type.
template <typename Function>
struct Entry {
  size_t index;
};

// A function that can go wrong returns null when all went well; the status is the caller's to
// release.
template <typename... Args>
using Fallible = Entry<Status* (*)(Args...)>;
template <typename T>
using Release = Entry<void (*)(T*)>;

constexpr Entry<const char* (*)(const Status*)> kGetErrorMessage{2};
constexpr Fallible<int, const char*, Env**> kCreateEnv{3};  // log level, name
constexpr Fallible<const Env*, const char*, const SessionOptions*, Session**> kCreateSession{7};
constexpr Fallible<Session*, const RunOptions*, const char* const*, const Value* const*, size_t,
                   const char* const*, size_t, Value**>
    kRun{9};  // input names, inputs, their count; output names, their count, outputs
constexpr Fallible<SessionOptions**> kCreateSessionOptions{10};
constexpr Fallible<SessionOptions*, int> kSetIntraOpNumThreads{24};
constexpr Fallible<const Session*, size_t*> kSessionGetInputCount{30};
constexpr Fallible<const Session*, size_t*> kSessionGetOutputCount{31};
constexpr Fallible<const Session*, size_t, TypeInfo**> kSessionGetInputTypeInfo{33};
constexpr Fallible<const Session*, size_t, TypeInfo**> kSessionGetOutputTypeInfo{34};
constexpr Fallible<const Session*, size_t, Allocator*, char**> kSessionGetInputName{36};
constexpr Fallible<const Session*, size_t, Allocator*, char**> kSessionGetOutputName{37};
constexpr Fallible<const MemoryInfo*, void*, size_t, const int64_t*, size_t, int, Value**>
    kCreateTensorWithData{49};  // memory, data, bytes, shape, rank, ElementType; data is not copied
constexpr Fallible<Value*, void**> kGetTensorMutableData{51};
constexpr Fallible<const TypeInfo*, const TensorInfo**> kCastTypeInfoToTensorInfo{55};
constexpr Fallible<const TensorInfo*, int*> kGetTensorElementType{60};
constexpr Fallible<const TensorInfo*, size_t*> kGetDimensionsCount{61};
constexpr Fallible<const TensorInfo*, int64_t*, size_t> kGetDimensions{62};  // -1: a free axis
constexpr Fallible<const Value*, TensorInfo**> kGetTensorTypeAndShape{65};
constexpr Fallible<int, int, MemoryInfo**> kCreateCpuMemoryInfo{69};
constexpr Fallible<Allocator*, void*> kAllocatorFree{76};
constexpr Fallible<Allocator**> kGetAllocatorWithDefaultOptions{78};  // not to be released
constexpr Release<Env> kReleaseEnv{92};
constexpr Release<Status> kReleaseStatus{93};
constexpr Release<MemoryInfo> kReleaseMemoryInfo{94};
constexpr Release<Session> kReleaseSession{95};
constexpr Release<Value> kReleaseValue{96};
constexpr Release<TypeInfo> kReleaseTypeInfo{98};
constexpr Release<TensorInfo> kReleaseTensorInfo{99};
constexpr Release<SessionOptions> kReleaseSessionOptions{100};
constexpr Fallible<SessionOptions*, const char*, const char*> kAddSessionConfigEntry{130};

// The table; get(entry) is the function, with its type.
class Api {
 public:
  explicit Api(const void* const* table) : table_(table) {}

  template <typename Function>
  Function get(Entry<Function> entry) const {
    return reinterpret_cast<Function>(const_cast<void*>(table_[entry.index]));
  }

 private:
  const void* const* table_;
};

}  // namespace mlpgen::ort
