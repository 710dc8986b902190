// The commands of mlpgen: one table from which --help, completion and dispatch are made.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace mlpgen {

struct CommandOption {
  std::string name;   // with its dashes: "--preset", "-C"
  std::string value;  // what stands after '=' (or as the next word, for a one-letter option); ""
                      // for a switch
  std::string help;
  std::string brief = {};  // its one-letter form, "-v"; the line has it under `name`
};

struct CommandLine;

struct CommandEntry {
  std::string name;
  std::string usage;  // after "mlpgen NAME"
  std::string about;  // one line
  std::string more;   // paragraphs and examples of --help
  std::vector<CommandOption> options;
  bool takes_request = false;  // also reads tags, --FLAG=, --env.KEY=, --adr.NAME.FIELD=, --preset=
  int (*run)(const CommandLine& line) = nullptr;
  bool hidden = false;  // not listed; takes every word as it is
};

// The words after the command, told apart by its options.
struct CommandLine {
  const CommandEntry* entry = nullptr;
  std::vector<std::string> words;                            // what is no option of the command
  std::vector<std::pair<std::string, std::string>> options;  // name, value
  std::string option(const std::string& name, const std::string& otherwise = "") const;
  bool has(const std::string& name) const;
};

// The entry of each command stands at the end of its file; commands.py finds them.
std::span<const CommandEntry> commands();
const CommandEntry* find_command(const std::string& name);

// Exit codes (docs/reference/commands.md).
inline constexpr int kDone = 0, kMendable = 1, kUsage = 2, kBug = 70;

}  // namespace mlpgen
