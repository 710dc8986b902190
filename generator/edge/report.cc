// Error -> text for a terminal.
#include "edge/report.h"

#include <cstdio>

#include "edge/log.h"
#include "text/text.h"

namespace mlpgen {

constexpr size_t kTailLines = 20;

int print_error(const Error& error) {
  std::string text = "error: " + line_of(error) + "\n";
  if (!error.help.empty()) text += "help: " + error.help + "\n";
  std::fputs(text.c_str(), stderr);
  return 1;
}

Error failure_card(const Step& step, const std::string& what, const std::string& help,
                   const std::string& kept) {
  std::string path = log_path(step);
  std::string tail = last_lines(path, kTailLines);
  Error card{what, help};
  if (!step.about.empty()) card.message += "\nstep: " + step.about;
  card.message += "\nthe last lines of its log:\n  | " + replace_all(tail, "\n", "\n  | ");
  card.message += "\nlog:   " + path;
  if (!kept.empty()) card.message += "\nkept:  " + kept;
  card.message += "\nrepro: mlpgen repro " + step.name;
  return card;
}

}  // namespace mlpgen
