// Options by CLI11; errors as sentences on stderr.
#include "submission/options.h"

#include <iostream>

namespace mlpgen::submission {

std::optional<int> parse_options(CLI::App& app, int argc, char** argv) {
  app.name(std::string("mlpgen-tool ") + argv[0]);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return 0;
  } catch (const CLI::ParseError& e) {
    std::cerr << "error: " << e.what() << "\nhelp: `mlpgen-tool " << argv[0]
              << " --help` lists the options\n";
    return 2;
  }
  return std::nullopt;
}

int fail(const Error& error) {
  std::cerr << "error: " << error.message << "\n";
  if (!error.help.empty()) std::cerr << "help: " << error.help << "\n";
  return 1;
}

}  // namespace mlpgen::submission
