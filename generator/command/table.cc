// The table of commands.
#include "command/command.h"

namespace mlpgen {

std::span<const CommandEntry> commands() {
  static const std::vector<CommandEntry> kCommands = {check_entry(),     check_submission_entry(),
                                                      configure_entry(), docs_entry(),
                                                      doctor_entry(),    dump_entry(),
                                                      explain_entry(),   find_entry(),
                                                      fmt_entry(),       graph_entry(),
                                                      help_entry(),      import_command_entry(),
                                                      lock_entry(),      log_entry(),
                                                      plan_entry(),      query_entry(),
                                                      repro_entry(),     rerun_entry(),
                                                      schema_entry(),    show_entry(),
                                                      store_entry(),     vendor_entry(),
                                                      verify_entry(),    completion_entry(),
                                                      complete_entry()};
  return kCommands;
}

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
