// One write for each picture, so that it does not flicker.
#include "command/progress/screen.h"

#include <iostream>

#include "text/text.h"

namespace mlpgen {
namespace {

// To the first of `lines` lines, and everything below is gone.
std::string back_over(size_t lines) {
  return lines ? "\r\x1b[" + std::to_string(lines) + "A\x1b[J" : "";
}

void write_out(std::string_view text) { std::cout << text << std::flush; }

}  // namespace

void Screen::draw(const std::vector<std::string>& lines) {
  if (lines == lines_) return;
  std::string text = back_over(lines_.size());
  for (const std::string& line : lines) text += line + "\n";
  lines_ = lines;
  write_out(text);
}

void Screen::print(std::string_view text) {
  std::string all = back_over(lines_.size()) + std::string(text);
  for (const std::string& line : lines_) all += line + "\n";
  write_out(all);
}

void Screen::clear() {
  write_out(back_over(lines_.size()));
  lines_.clear();
}

}  // namespace mlpgen
