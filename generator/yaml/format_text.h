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

bool is_literal(std::string_view text, const Node& scalar);  // written with |, or with > over lines
// One line, as it stands wherever that is possible; else in double quotes.
std::string scalar_word(std::string_view text, const Node& scalar);
// The lines of a block scalar: "|-", then its lines without indentation. None where scalar_word
// says it better.
std::vector<std::string> block_scalar_lines(const Node& scalar);

// ">-", then lines of at most `width` columns, broken at single blanks. None where the text fits
// behind its key in double quotes (`room` columns), or is one word that is wider than a line.
std::vector<std::string> folded_lines(const Node& scalar, size_t room, size_t width);
// The lines of a comment, each from its '#', of at most `width` columns where it has blanks.
std::vector<std::string> wrapped_comment(const std::string& comment, size_t width);

}  // namespace mlpgen::yaml_text
