// Which values of a resolution something is made of: who reads what, and what a choice or a target
// needs.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

namespace mlpgen {

// A name in a frame is a key, or what a recipe makes of keys: "step ID", "export KEY", "given KEY".
// It is used when a choice (a condition, a tag, a flag that selects) reads it, or a step of a
// target, directly or through other names.
class Uses {
 public:
  int add_frame();
  void reads(int by_frame, const std::string& by, int frame, const std::string& name);
  void use(int frame, const std::string& name);
  void finish();  // once, when all has been read
  bool is_used(int frame, const std::string& name) const;

 private:
  size_t node(int frame, const std::string& name);

  std::vector<std::unordered_map<std::string, size_t>> frames_;
  std::vector<std::vector<size_t>> read_by_;  // what each node reads
  std::vector<bool> used_;
};

}  // namespace mlpgen
