// A command by its name; the words after it by its options.
#include "command/command.h"

namespace mlpgen {

const CommandEntry* find_command(const std::string& name) {
  for (const CommandEntry& e : commands())
    if (e.name == name) return &e;
  return nullptr;
}

std::string CommandLine::option(const std::string& name, const std::string& otherwise) const {
  std::string value = otherwise;
  for (const auto& [n, v] : options)
    if (n == name) value = v;
  return value;
}

bool CommandLine::has(const std::string& name) const {
  for (const auto& [n, v] : options)
    if (n == name) return true;
  return false;
}

}  // namespace mlpgen
