// The parts of a YAML text that its tree does not hold: how scalars are written, and comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "yaml/yaml.h"

namespace mlpgen::yaml_text {

struct Comment {
  size_t offset = 0;
  size_t column = 0;         // from 0
  bool own_line = false;     // nothing stands before it on its line
  bool blank_above = false;  // of one with a line of its own
  std::string text;          // from its '#', without blanks at the end
};

size_t column_of(std::string_view text, size_t offset);
bool blank_above(std::string_view text, size_t offset);  // the line above that of `offset` is blank
// All comments, in their order. `root` tells which '#' stand inside scalars.
std::vector<Comment> comments_of(std::string_view text, const Node& root);

bool is_block_scalar(std::string_view text, const Node& scalar);  // written with | or >
// One line, as it stands wherever that is possible; else in double quotes.
std::string scalar_word(std::string_view text, const Node& scalar);
// The lines of a block scalar: "|-", then its lines without indentation. None where scalar_word
// says it better.
std::vector<std::string> block_scalar_lines(const Node& scalar);

}  // namespace mlpgen::yaml_text
