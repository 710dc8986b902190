// The lower lines of a terminal, standard output, drawn again while text passes above them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

class Screen {
 public:
  Screen() = default;
  ~Screen() { clear(); }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  void draw(const std::vector<std::string>& lines);  // in place of those that stand there
  void print(std::string_view text);                 // above the lines; ends with a line end
  void clear();

 private:
  std::vector<std::string> lines_;
};

}  // namespace mlpgen
