// mlpgen-tool: the work of the edges that is code of ours. Each subcommand is an ordinary command.
#include <clocale>
#include <cstdio>
#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

#include "base/bad_byte.h"
#include "base/closest.h"
#include "base/inherited.h"
#include "base/standard_output.h"
#include "submission/commands.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {
namespace {

std::vector<Subcommand> all_commands() {
  std::vector<Subcommand> commands(tool_commands().begin(), tool_commands().end());
  commands.insert(commands.end(), submission_commands().begin(), submission_commands().end());
  return commands;
}

void print_help(const std::vector<Subcommand>& commands) {
  std::cout << "mlpgen-tool SUBCOMMAND OPTIONS\n\n"
            << "The steps of a build that mlpgen itself carries out. Ninja runs them through "
            << "mlpgen-edge; each can be run by hand.\n"
            << "`mlpgen-tool SUBCOMMAND --help` explains one. Exit codes: 0 done, 1 something you "
            << "can mend, 2 usage, 70 our bug.\n\n";
  for (const Subcommand& command : commands)
    std::cout << "  " << std::left << std::setw(22) << command.name << " " << command.about << "\n";
}

bool are_texts(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::optional<BadByte> bad = find_bad_byte(argv[i], LineBreaks::kAllowed)) {
      std::fprintf(stderr, "error: the word '%s' has %s  [not-text]\nhelp: write it without that byte, in UTF-8\n", printable(argv[i]).c_str(), bad->what.c_str());
      return false;
    }
  return true;
}

int run(int argc, char** argv) {
  std::vector<Subcommand> commands = all_commands();
  std::string word = argc > 1 ? argv[1] : "";
  if (word == "--help" || word == "-h" || word == "help") {
    print_help(commands);
    return 0;
  }
  std::vector<std::string> names;
  for (const Subcommand& command : commands) {
    if (command.name == word) return are_texts(argc, argv) ? command.run(argc - 1, argv + 1) : 1;
    names.emplace_back(command.name);
  }
  if (word.empty())
    std::fprintf(stderr, "error: no subcommand is given  [usage]\n");
  else
    std::fprintf(stderr, "error: mlpgen-tool has no subcommand '%s'  [usage]\n", word.c_str());
  std::string near = word.empty() ? "" : did_you_mean(word, names);
  std::fprintf(stderr, "help: %s%s`mlpgen-tool --help` lists them\n", near.c_str(),
               near.empty() ? "" : " ");
  return 2;
}

}  // namespace
}  // namespace mlpgen::tool

int main(int argc, char** argv) {
  mlpgen::reset_inherited();
  std::setlocale(LC_CTYPE, "C.UTF-8");  // without it libarchive gives no names beyond ASCII
  mlpgen::hold_standard_output();
  int code = 70;
  try {
    code = mlpgen::tool::run(argc, argv);
  } catch (const std::exception& bug) {
    std::fprintf(stderr, "error: mlpgen-tool stopped at a mistake of its own: %s  [bug]\n",
                 bug.what());
  }
  return mlpgen::finish_standard_output(code);
}
