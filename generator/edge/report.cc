// Error -> text for a terminal.
#include "edge/report.h"

#include <cstdio>

#include "edge/likely_cause.h"
#include "edge/log.h"
#include "edge/wanted_by.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr size_t kTailLines = 20;
constexpr const char* kEdgeRow = "\nedge:  ";

}  // namespace

int print_error(const Error& error) {
  std::string text = "error: " + line_of(error) + "\n";
  if (!error.help.empty()) text += "help: " + error.help + "\n";
  std::fputs(text.c_str(), stderr);
  return 1;
}

Error of_edge(const Step& step, const Error& error) {
  if (error.message.find(kEdgeRow) != std::string::npos) return error;
  return {step.name + ": " + error.message, error.help, error.number};
}

Error failure_card(const Step& step, const std::string& what, const std::string& help,
                   const std::string& kept) {
  std::string path = log_path(step);
  std::string tail = last_lines(path, kTailLines);
  Error card{what, help};
  if (help.empty())
    if (std::optional<LikelyCause> likely =
            likely_cause(tail, what.starts_with("killed by signal 9 "), "out"))
      card = {likely->what + " (" + what + ")", likely->help};
  card.message += kEdgeRow + step.name + (step.about.empty() ? "" : ": " + step.about);
  if (std::string user = wanted_by(step); !user.empty()) card.message += "\nfor:   " + user;
  card.message += "\nthe last lines of its log:\n  | " + replace_all(tail, "\n", "\n  | ");
  card.message += "\nlog:   " + path;
  if (!kept.empty()) card.message += "\nkept:  " + kept;
  card.message += "\nrepro: mlpgen repro " + step.name;
  return card;
}

}  // namespace mlpgen
