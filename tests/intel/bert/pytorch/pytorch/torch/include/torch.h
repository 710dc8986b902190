// A stand-in for PyTorch's C++ library: what its Python module wrote.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace torch {
std::vector<std::vector<int>> load_samples(
    const std::string& path);  // the ids of each sample's words
std::map<std::string, int> load_model(const std::string& path);
int patches();  // of Intel, that it was built with
}  // namespace torch
