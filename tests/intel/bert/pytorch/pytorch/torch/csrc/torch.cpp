// A stand-in for PyTorch's library. Each of Intel's patches makes one of these headers say so.
#include "torch.h"

#include <fstream>
#include <stdexcept>

#include "third_party/gloo/gloo/config.h"
#include "third_party/ideep/mkl-dnn/include/dnnl_config.h"
#include "torch/csrc/config.h"

namespace torch {

std::vector<std::vector<int>> load_samples(const std::string& path) {
  std::ifstream file(path);
  size_t count = 0;
  if (!(file >> count)) throw std::runtime_error("no samples in " + path);
  std::vector<std::vector<int>> samples(count);
  for (auto& sample : samples) {
    size_t length = 0;
    file >> length;
    sample.resize(length);
    for (int& id : sample) file >> id;
  }
  if (!file) throw std::runtime_error(path + " ends too early");
  return samples;
}

std::map<std::string, int> load_model(const std::string& path) {
  std::ifstream file(path);
  std::map<std::string, int> model;
  std::string name;
  for (int number = 0; file >> name >> number;) model[name] = number;
  if (model.empty()) throw std::runtime_error("no model in " + path);
  return model;
}

int patches() { return GLOO_FOR_INTEL + DNNL_FOR_INTEL + TORCH_FOR_INTEL; }

}  // namespace torch

extern "C" int torch_patches() { return torch::patches(); }
