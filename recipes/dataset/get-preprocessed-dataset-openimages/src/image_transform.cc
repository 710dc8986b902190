// An image file -> the tensor that the RetinaNet of MLPerf takes.
#include "image_transform.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace mlpgen {
namespace {

// Blue, green, red from 0 to 255 -> red, green, blue from 0 to 1. A true division: multiplying by
// 1/255 would round differently from the reference.
void to_planes(const float* bgr, size_t pixels, float* rgb) {
  float* red = rgb;
  float* green = rgb + pixels;
  float* blue = rgb + 2 * pixels;
  for (size_t i = 0; i < pixels; ++i) {
    blue[i] = bgr[3 * i] / 255.0f;
    green[i] = bgr[3 * i + 1] / 255.0f;
    red[i] = bgr[3 * i + 2] / 255.0f;
  }
}

void to_pixels(const float* bgr, size_t pixels, float* rgb) {
  for (size_t i = 0; i < pixels; ++i) {
    rgb[3 * i] = bgr[3 * i + 2] / 255.0f;
    rgb[3 * i + 1] = bgr[3 * i + 1] / 255.0f;
    rgb[3 * i + 2] = bgr[3 * i] / 255.0f;
  }
}

}  // namespace

bool transform_image(const std::string& path, Layout layout, std::vector<float>& out) {
  const cv::Mat decoded = cv::imread(path, cv::IMREAD_COLOR);
  if (decoded.empty()) return false;
  cv::Mat image, resized;
  decoded.convertTo(image, CV_32F);
  // The channels do not mix here, so their order is changed once, at the end.
  cv::resize(image, resized, cv::Size(kSide, kSide), 0, 0, cv::INTER_LINEAR);
  out.resize(kSampleElements);
  constexpr size_t kPixels = size_t{kSide} * kSide;
  if (layout == Layout::kNchw)
    to_planes(resized.ptr<float>(), kPixels, out.data());
  else
    to_pixels(resized.ptr<float>(), kPixels, out.data());
  return true;
}

}  // namespace mlpgen
