// A stand-in for Intel's program: it finds in an image what the annotation file says of it.
#include <rapidjson/document.h>

#include <opencv2/opencv.hpp>

#include "runner.hpp"

DEFINE_string(model_path, "", "");

extern "C" int threads_of_extension();

// 7 float32 a detection: sample, top, left, bottom, right, score, class.
static std::string detections(const rapidjson::Document& truth, size_t index) {
  const auto& image = truth["images"][index];
  float height = image["height"], width = image["width"];
  std::string bytes;
  for (const auto& box : truth["annotations"]) {
    if (box["image_id"] != image["id"]) continue;
    float x = box["bbox"][0], y = box["bbox"][1], w = box["bbox"][2], h = box["bbox"][3];
    float row[] = {float(index), y / height, x / width, (y + h) / height, (x + w) / width, 0.9f, float(box["category_id"])};
    bytes.append(reinterpret_cast<const char*>(row), sizeof row);
  }
  return bytes;
}

int main(int argc, char** argv) {
  gflags::ParseCommandLineFlags(&argc, &argv, true);
  if (!is_file(FLAGS_model_path)) return fail(FLAGS_model_path + " is not there");
  if (threads_of_extension() != 1) return fail("other libraries than those it was built for");
  std::ifstream file(FLAGS_data_path + "/annotations/openimages-mlperf.json");
  rapidjson::Document truth = rapidjson::Document::parse(file);
  for (const auto& image : truth["images"]) {
    std::string name = FLAGS_data_path + "/validation/data/" + image["file_name"].get<std::string>();
    if (cv::imread(name).empty()) return fail(name + " is not there");
  }
  return run(truth["images"].size(), [&](size_t index) { return detections(truth, index); });
}
