// Responses as the reference's accuracy scripts read them.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "classification_output.h"
#include "detection_output.h"
#include "failure.h"

namespace mlpgen {
namespace {

const SampleType kImage{ort::kFloat, {3, 400, 800}};  // 400 pixels high, 800 wide

std::vector<float> floats_of(const Response& response) {
  std::vector<float> numbers(response.size() / sizeof(float));
  if (!numbers.empty()) std::memcpy(numbers.data(), response.data(), response.size());
  return numbers;
}

TEST_CASE("a detection is index, ymin, xmin, ymax, xmax, score, label") {
  const DetectionOutput task(kImage);
  const std::vector<float> boxes = {80, 40, 800, 300}, scores = {0.5f};
  const std::vector<int64_t> labels = {7};
  CHECK(floats_of(task.encode_sample(41, boxes, scores, labels)) ==
        std::vector<float>{41, 0.1f, 0.1f, 0.75f, 1, 0.5f, 7});
}

TEST_CASE("pixels last: height and width are the first axes") {
  const DetectionOutput task({ort::kFloat, {400, 800, 3}});
  const std::vector<float> boxes = {80, 40, 800, 300}, scores = {0.5f};
  const std::vector<int64_t> labels = {7};
  CHECK(floats_of(task.encode_sample(0, boxes, scores, labels))[1] == 0.1f);
  CHECK_THROWS_AS(DetectionOutput({ort::kFloat, {4, 400, 800}}), Failure);
}

TEST_CASE("the list ends at the first score under 0.05, and 0.05 itself counts") {
  const DetectionOutput task(kImage);
  const std::vector<float> boxes(16, 1), scores = {0.9f, 0.05f, std::nextafter(0.05f, 0.0f), 0.8f};
  const std::vector<int64_t> labels = {1, 2, 3, 4};
  CHECK(task.encode_sample(0, boxes, scores, labels).size() == 2 * 7 * sizeof(float));
}

TEST_CASE("no detections give an empty response") {
  const DetectionOutput task(kImage);
  CHECK(task.encode_sample(0, {}, {}, {}).empty());
  const std::vector<float> box(4, 1), low = {0.01f};
  const std::vector<int64_t> label = {1};
  CHECK(task.encode_sample(0, box, low, label).empty());
}

TEST_CASE("a model without RetinaNet's outputs is refused") {
  const DetectionOutput task(kImage);
  const TensorSpec boxes{"boxes", ort::kFloat, {-1, 4}}, labels{"labels", ort::kInt64, {-1}};
  CHECK_THROWS_WITH_AS(task.outputs({{}, {boxes, labels}}),
                       "the model's output 'scores' is missing", Failure);
  const TensorSpec scores{"scores", ort::kFloat, {-1, -1}};
  CHECK_THROWS_WITH_AS(task.outputs({{}, {boxes, labels, scores}}),
                       "the model's output 'scores' is float32[?,?]", Failure);
}

const TensorSpec kFeatures{"features", ort::kFloat, {-1, 8, 1, 1}};
const TensorSpec kClasses{"ArgMax:0", ort::kInt64, {-1}};
const TensorSpec kScores{"softmax_tensor:0", ort::kFloat, {-1, 4}};

TEST_CASE("a classifier's first output that names classes is taken, or the one that is asked for") {
  const ModelSpec model{{}, {kFeatures, kScores, kClasses}};
  CHECK(ClassificationOutput(0, "").outputs(model) == std::vector<std::string>{"softmax_tensor:0"});
  CHECK(ClassificationOutput(0, "ArgMax:0").outputs(model) == std::vector<std::string>{"ArgMax:0"});
}

TEST_CASE("a classifier without such an output is refused") {
  const ModelSpec model{{}, {kFeatures, kClasses}};
  CHECK_THROWS_WITH_AS(ClassificationOutput(0, "logits").outputs(model),
                       "the model has no output 'logits'", Failure);
  CHECK_THROWS_WITH_AS(ClassificationOutput(0, "features").outputs(model),
                       "the model's output 'features' names no classes", Failure);
  CHECK_THROWS_WITH_AS(ClassificationOutput(0, "").outputs({{}, {kFeatures}}),
                       "no output of the model names classes", Failure);
}

}  // namespace
}  // namespace mlpgen
