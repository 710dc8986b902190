// An image file -> the tensor that the RetinaNet of MLPerf takes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mlpgen {

enum class Layout { kNchw, kNhwc };

constexpr int kSide = 800;  // pixels; the height and width of the model's input
constexpr int kChannels = 3;
constexpr size_t kSampleElements = size_t{kSide} * kSide * kChannels;

// Reads `path` and writes red, green and blue from 0 to 1 as [3,800,800] or [800,800,3] to `out`.
//
// The same operations in the same order as mlcommons/inference (python/dataset.py, maybe_resize and
// pre_process_openimages_retinanet): decode, to float32, BGR to RGB, bilinear resize of the float32
// image without regard to its proportions, division by 255. So the result is equal bit for bit with
// the same OpenCV. Returns false if the file is missing or no image.
bool transform_image(const std::string& path, Layout layout, std::vector<float>& out);

}  // namespace mlpgen
