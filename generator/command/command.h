// The commands of mlpgen: one table from which --help, completion and dispatch are made.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace mlpgen {

struct CommandOption {
  std::string name;   // with its dashes: "--preset", "-C"
  std::string value;  // what stands after '=' (or as the next word, for a one-letter option); "" for a switch
  std::string help;
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
  bool hidden = false;         // not listed; takes every word as it is
};

// The words after the command, told apart by its options.
struct CommandLine {
  const CommandEntry* entry = nullptr;
  std::vector<std::string> words;                             // what is no option of the command
  std::vector<std::pair<std::string, std::string>> options;   // name, value
  std::string option(const std::string& name, const std::string& otherwise = "") const;
  bool has(const std::string& name) const;
};

std::span<const CommandEntry> commands();
const CommandEntry* find_command(const std::string& name);

// Exit codes (docs/reference/commands.md).
inline constexpr int kDone = 0, kMendable = 1, kUsage = 2, kBug = 70;

int run_check(const CommandLine&);
int run_check_submission(const CommandLine&);
int run_complete(const CommandLine&);
int run_completion(const CommandLine&);
int run_configure(const CommandLine&);
int run_docs(const CommandLine&);
int run_doctor(const CommandLine&);
int run_dump(const CommandLine&);
int run_explain(const CommandLine&);
int run_find(const CommandLine&);
int run_fmt(const CommandLine&);
int run_graph(const CommandLine&);
int run_help(const CommandLine&);
int run_import_command(const CommandLine&);
int run_lock(const CommandLine&);
int run_log(const CommandLine&);
int run_plan(const CommandLine&);
int run_query(const CommandLine&);
int run_repro(const CommandLine&);
int run_rerun(const CommandLine&);
int run_schema(const CommandLine&);
int run_show(const CommandLine&);
int run_store(const CommandLine&);
int run_vendor(const CommandLine&);
int run_verify(const CommandLine&);

}  // namespace mlpgen
