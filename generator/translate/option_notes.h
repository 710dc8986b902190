// What stands here for options and commands of CM and MLC that choose nothing in a recipe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

struct OptionNote {
  std::string why;  // what does its work here, or why nothing has to; "": nobody knows the option
  bool needed = false;  // true: what it asks for cannot be had
};
OptionNote note_of_option(std::string_view name);

// The same for a variation (without its `_`), and for `--adr.HANDLE.tags=VALUE` (without its
// `adr.`).
OptionNote note_of_variation(std::string_view name);
OptionNote note_of_override(std::string_view name, std::string_view value);

// Options, keys and handles of deps that say what is measured: model, scenario, implementation,
// framework, device, precision, division, category, execution mode, round, power, network,
// compliance; and options that may say any of it: files of options, maps of keys.
bool selects_benchmark(std::string_view option);
bool key_selects_benchmark(std::string_view key);
bool handle_selects_benchmark(std::string_view handle);

// The name here of a map of CM or MLC (`--add_deps_recursive.NAME.FIELD` -> adr); "": no other
// name.
std::string other_name_of_map(std::string_view name);

// The name of a flag of MLC or of older pages -> the name that the recipes here have for it; "": no
// other name.
std::string other_name_of_flag(std::string_view name);

// A value of a flag, in small letters -> the choice here; a variation -> the one here; "": no
// other.
std::string other_name_of_value(std::string_view flag, std::string_view value);
std::string other_name_of_variation(std::string_view name);

// The target that does the work of a script of CM or MLC on folders of earlier runs; "": no such
// script. The tags may be more than those that name it.
std::string equal_of_script(const std::vector<std::string>& tags);

struct CommandNote {
  std::string line;  // the whole command here; TAGS stands for the words of the old one; "": none
  std::string why;   // what to know of it, or why nothing is needed
  bool understood = true;  // false: nothing here does this
  std::string bare_line =
      "";  // the command here where the old one has no tags; "": `line` without TAGS
};

// "show cache", "pull repo", ... -> what does the same; `action`: what was read of the command.
CommandNote note_of_command(std::string_view action, std::string_view automation);

}  // namespace mlpgen
