// mlpgen-tool: the work of the edges that is code of ours. Each subcommand is an ordinary command.
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <iomanip>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include "base/subcommand.h"
#include "file/inherited.h"
#include "file/standard_output.h"
#include "text/bad_byte.h"
#include "text/closest.h"
#include "tool/options.h"

namespace mlpgen::tool {
namespace {

void print_help(const std::vector<Subcommand>& commands) {
  std::cout << "mlpgen-tool SUBCOMMAND OPTIONS\n\n"
            << "The steps of a build that mlpgen itself carries out. Ninja runs them through "
            << "mlpgen-edge; each can be run by hand.\n"
            << "`mlpgen-tool SUBCOMMAND --help` explains one. Exit codes: 0 done, 1 something you "
            << "can fix, 2 usage, 70 our bug.\n\n";
  for (const Subcommand& command : commands)
    std::cout << "  " << std::left << std::setw(22) << command.name << " " << about_of(command)
              << "\n";
}

bool are_texts(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::optional<BadByte> bad = find_bad_byte(argv[i], LineBreaks::kAllowed)) {
      report(named_error("not-text", "the word '" + printable(argv[i]) + "' has " + bad->what,
                         "write it without that byte, in UTF-8"));
      return false;
    }
  return true;
}

int run_command(const Subcommand& command, int argc, char** argv) {
  if (!are_texts(argc, argv)) return 1;
  Arguments arguments;
  if (std::optional<int> code = read_arguments(command, argc - 1, argv + 1, arguments))
    return *code;
  Result<int> code = command.run(arguments);
  return code ? *code : report(code.error());
}

int run(int argc, char** argv) {
  std::vector<Subcommand>& commands = Registered::all();
  std::sort(commands.begin(), commands.end(),
            [](const Subcommand& a, const Subcommand& b) { return a.name < b.name; });
  std::string word = argc > 1 ? argv[1] : "";
  if (word == "--help" || word == "-h" || word == "help") {
    print_help(commands);
    return 0;
  }
  std::vector<std::string> names;
  for (const Subcommand& command : commands) {
    if (command.name == word) return run_command(command, argc, argv);
    names.push_back(command.name);
  }
  std::string near = word.empty() ? "" : did_you_mean(word, names) + " ";
  return report(named_error(
      "usage",
      word.empty() ? "no subcommand is given" : "mlpgen-tool has no subcommand '" + word + "'",
      (near == " " ? "" : near) + "`mlpgen-tool --help` lists them"));
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
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "error: there is not enough memory; see `free -h` and `ulimit -v`\n");
    code = 1;
  } catch (const std::exception& bug) {
    std::fprintf(stderr, "error: mlpgen-tool stopped at a mistake of its own: %s  [bug]\n",
                 bug.what());
  }
  return mlpgen::finish_standard_output(code);
}
