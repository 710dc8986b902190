// A stand-in for Intel's program: the class of an image is the number that its file holds.
#include <oneapi/dnnl/dnnl.h>

#include <cstdint>
#include <opencv2/opencv.hpp>
#include <sstream>

#include "kernel_rn50/scales.hpp"
#include "runner.hpp"

DEFINE_string(rn50_part1, "", "");
DEFINE_string(rn50_part3, "", "");
DEFINE_string(rn50_full_model, "", "");

extern "C" int threads_of_extension();

int main(int argc, char** argv) {
  gflags::ParseCommandLineFlags(&argc, &argv, true);
  for (const std::string& path : {FLAGS_rn50_part1, FLAGS_rn50_part3, FLAGS_rn50_full_model})
    if (!is_file(path)) return fail(path + " is not there");
  if (scale_4 < 1 || scale_8 != scale_4 || scale_256 != scale_4) return fail("the scales are not those of this calibration");
  if (threads_of_extension() < 2 || dnnl_version_minor() != 6) return fail("other libraries than those it was built for");
  std::ifstream list(FLAGS_data_path + "/val_map.txt");
  std::vector<std::string> images;
  for (std::string name, label; list >> name >> label;) images.push_back(FLAGS_data_path + "/" + name);
  return run(images.size(), [&](size_t index) {
    int64_t found = std::stoll(cv::imread(images[index]));
    return std::string(reinterpret_cast<const char*>(&found), sizeof found);
  });
}
