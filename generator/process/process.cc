// What a program prints, line by line.
#include "process/process.h"

#include <unistd.h>

#include <cstdio>

#include "process/output.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen::tool {

Result<Outcome> run_process(const Command& command) {
  Outcome outcome;
  size_t shown = 0;  // bytes of the output; git prints where it was redirected to
  auto show = [&](size_t end) {
    std::string text = outcome.output.substr(shown, end - shown);
    if (!command.quiet && !text.empty()) std::fputs(without_secrets(text).c_str(), stderr);
    shown = end;
  };
  Result<mlpgen::Outcome> done = run_program(
      {command.argv, environment_with(command.env)},
      [&](std::string_view text) {
        outcome.output += text;
        size_t line_end = outcome.output.rfind('\n');
        if (line_end != std::string::npos && line_end >= shown) show(line_end + 1);
      },
      command.stdout_only ? STDERR_FILENO : -1);
  if (!done) return done.error();
  if (!outcome.output.empty() && outcome.output.back() != '\n') outcome.output += '\n';
  show(outcome.output.size());
  outcome.code = exit_code(done->wait_status);
  return outcome;
}

std::string last_lines(const std::string& text, size_t count) {
  std::vector<std::string> kept;
  for (const std::string& line : split(text, '\n'))
    if (!trim(line).empty()) kept.push_back(line);
  if (kept.size() > count)
    kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(count));
  return join(kept, "\n");
}

}  // namespace mlpgen::tool
