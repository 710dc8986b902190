// Every entry of ort_abi.h against a real library. `run` starts this for two versions of it, so an
// index that does not hold in both fails here.
#include <doctest/doctest.h>

#include "failure.h"
#include "ort_session.h"
#include "test_models.h"

namespace mlpgen {
namespace {

TEST_CASE("the library says the version that its file name says") {
  const OrtLibrary library(library_path());
  CHECK(library_path().find("libonnxruntime.so." + library.version()) != std::string::npos);
}

TEST_CASE("inputs and outputs have the names, types and shapes of the model") {
  const OrtLibrary library(library_path());
  const OrtSession session(library, test_input("detector.onnx"), {1, {}});
  const ModelSpec& spec = session.spec();
  REQUIRE(spec.inputs.size() == 1);
  CHECK(spec.inputs[0].name == "images");
  CHECK(describe(spec.inputs[0].type, spec.inputs[0].shape) == "float32[1,3,800,800]");
  REQUIRE(spec.outputs.size() == 3);
  CHECK(spec.outputs[0].name == "boxes");
  CHECK(spec.outputs[0].type == ort::kFloat);
  CHECK(spec.outputs[0].shape.size() == 2);
  CHECK(spec.outputs[0].shape[1] == 4);
  CHECK(spec.outputs[1].name == "labels");
  CHECK(spec.outputs[1].type == ort::kInt64);
  CHECK(spec.find_output("scores") == &spec.outputs[2]);
  CHECK(spec.find_output("absent") == nullptr);
}

TEST_CASE("a session has the settings that it is given") {
  const OrtLibrary library(library_path());
  const SessionSettings other_format = {1, {{"session.load_model_format", "ORT"}}};
  CHECK_THROWS_AS(OrtSession(library, test_input("sum.onnx"), other_format), Failure);
  const SessionSettings sleeping = {2, {{"session.intra_op.allow_spinning", "0"}}};
  CHECK(OrtSession(library, test_input("sum.onnx"), sleeping).spec().inputs.size() == 2);
}

TEST_CASE("a free axis is -1") {
  const OrtLibrary library(library_path());
  const OrtSession session(library, test_input("classifier.onnx"), {2, {}});
  CHECK(session.spec().inputs[0].shape == std::vector<int64_t>{-1, 3, 8, 8});
}

// sum.onnx adds its two inputs: float32[?,2] and float32[1,2].
TEST_CASE("a run gives the outputs asked for, in their order") {
  const OrtLibrary library(library_path());
  const OrtSession session(library, test_input("sum.onnx"), {1, {}});
  const std::vector<float> a = {1, 2, 3, 4, 5, 6}, b = {10, 20};
  const std::vector<InputTensor> inputs = {{a.data(), 24, ort::kFloat, {3, 2}},
                                           {b.data(), 8, ort::kFloat, {1, 2}}};
  const std::vector<std::string> names = {"count", "sum"};
  const Outputs outputs = session.run(inputs, names);
  CHECK(outputs[0].type == ort::kInt64);
  CHECK(outputs[0].shape == std::vector<int64_t>{});
  CHECK(outputs[0].elements() == 1);
  CHECK(*static_cast<const int64_t*>(outputs[0].data) == 6);
  CHECK(outputs[1].shape == std::vector<int64_t>{3, 2});
  const std::vector<float> sum(outputs[1].floats(), outputs[1].floats() + 6);
  CHECK(sum == std::vector<float>{11, 22, 13, 24, 15, 26});
}

TEST_CASE("the library's own words come with an error, and it goes on working") {
  const OrtLibrary library(library_path());
  CHECK_THROWS_WITH_AS(OrtSession(library, "absent.onnx", {1, {}}),
                       doctest::Contains("absent.onnx"), Failure);
  const OrtSession session(library, test_input("sum.onnx"), {1, {}});
  const std::vector<float> data(6);
  const std::vector<std::string> names = {"sum"};
  const std::vector<InputTensor> wrong = {{data.data(), 24, ort::kFloat, {3, 2}},
                                          {data.data(), 12, ort::kFloat, {1, 3}}};
  CHECK_THROWS_WITH_AS(session.run(wrong, names), doctest::Contains("the model did not run"),
                       Failure);
  const std::vector<InputTensor> short_data = {{data.data(), 4, ort::kFloat, {3, 2}},
                                               {data.data(), 8, ort::kFloat, {1, 2}}};
  CHECK_THROWS_AS(session.run(short_data, names), Failure);
  const std::vector<InputTensor> right = {{data.data(), 24, ort::kFloat, {3, 2}},
                                          {data.data(), 8, ort::kFloat, {1, 2}}};
  CHECK_NOTHROW(session.run(right, names));
}

TEST_CASE("a file that is no ONNX Runtime is refused") {
  CHECK_THROWS_AS(OrtLibrary("absent.so"), Failure);
  CHECK_THROWS_WITH_AS(OrtLibrary("libm.so.6"),
                       "libm.so.6 is no ONNX Runtime: it has no OrtGetApiBase", Failure);
}

}  // namespace
}  // namespace mlpgen
