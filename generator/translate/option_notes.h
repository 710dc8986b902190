// What stands here for options and commands of CM and MLC that choose nothing in a recipe.
#pragma once

#include <string>
#include <string_view>

namespace mlpgen {

struct OptionNote {
  std::string why;  // what does its work here, or why nothing has to; "": nobody knows the option
  bool needed = false;  // true: what it asks for cannot be had
};
OptionNote note_of_option(std::string_view name);

// The name of a flag of MLC or of older pages -> the name that the recipes here have for it; "": no
// other name.
std::string other_name_of_flag(std::string_view name);

struct CommandNote {
  std::string line;  // the whole command here; TAGS stands for the words of the old one; "": none
  std::string why;   // what to know of it, or why nothing is needed
  bool understood = true;  // false: nothing here does this
  std::string bare_line = "";  // the command here where the old one has no tags; "": `line` without TAGS
};

// "show cache", "pull repo", ... -> what does the same; `action`: what was read of the command.
CommandNote note_of_command(std::string_view action, std::string_view automation);

}  // namespace mlpgen
