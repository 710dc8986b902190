// A text of commands of CM and MLC to commands whose parts are told apart.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlpgen {

// One command, as a shell would see it, told apart by what CM and MLC do with their words.
struct CmCommand {
  std::vector<std::string> words;  // all, as they were typed, without their quotes
  std::string action;      // run, docker, show, find, rm, pull, ...; "": no command of CM or MLC
  std::string automation;  // script, cache, repo, ...
  std::vector<std::string>
      tags;  // of --tags and of the words behind the automation: tag, -tag, _variation
  std::vector<std::string> options;  // words that begin with - or @, but --tags
};

// Commands stand on lines of their own or behind `&&`, `||`, `&`, `;` and `|`; a `\` at the end of
// a line continues it. Comments, prompts (`$ `), markers of code blocks (```), redirections, and
// programs that only read a pipe are left out. Quotes and backslashes mean what they mean in a
// shell; nothing is expanded. `<my token>` is part of a word: a placeholder.
std::vector<CmCommand> split_commands(std::string_view text);

// Known: `cm`, `mlc`, and the short forms `cmr` (cm run script), `cmrd`, `mlcr`, `mlcd`, `mlcp`,
// ...
CmCommand read_cm_command(std::vector<std::string> words);

}  // namespace mlpgen
