// A stand-in for OpenCV: an image is the bytes of its file.
#pragma once
#include <string>
namespace cv {
using Mat = std::string;
Mat imread(const std::string& name);  // empty where there is no such file
}
