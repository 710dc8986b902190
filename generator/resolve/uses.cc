// From what is used to what that reads.
#include "resolve/uses.h"

namespace mlpgen {

int Uses::add_frame() {
  frames_.emplace_back();
  return static_cast<int>(frames_.size()) - 1;
}

size_t Uses::node(int frame, const std::string& name) {
  auto [it, first] = frames_[static_cast<size_t>(frame)].try_emplace(name, read_by_.size());
  if (first) {
    read_by_.emplace_back();
    used_.push_back(false);
  }
  return it->second;
}

void Uses::reads(int by_frame, const std::string& by, int frame, const std::string& name) {
  size_t reader = node(by_frame, by), read = node(frame, name);
  read_by_[reader].push_back(read);
}

void Uses::use(int frame, const std::string& name) { used_[node(frame, name)] = true; }

void Uses::finish() {
  std::vector<size_t> todo;
  for (size_t i = 0; i < used_.size(); ++i)
    if (used_[i]) todo.push_back(i);
  while (!todo.empty()) {
    size_t reader = todo.back();
    todo.pop_back();
    for (size_t read : read_by_[reader])
      if (!used_[read]) {
        used_[read] = true;
        todo.push_back(read);
      }
  }
}

bool Uses::is_used(int frame, const std::string& name) const {
  const auto& names = frames_[static_cast<size_t>(frame)];
  auto it = names.find(name);
  return it != names.end() && used_[it->second];
}

}  // namespace mlpgen
