// The texts of --help.
#include "command/text/help_text.h"

#include "command/text/pages.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string row(const std::string& left, const std::string& right, size_t width) {
  return "  " + left + std::string(left.size() < width ? width - left.size() : 2, ' ') + right +
         "\n";
}

}  // namespace

std::string first_sentence(const Page& page) {
  size_t begin = page.text.find("\n\n");
  if (begin == std::string_view::npos) return "";
  std::string_view text = page.text.substr(begin + 2);
  text = text.substr(0, text.find("\n\n"));
  std::string line = replace_all(std::string(text), "\n", " ");
  size_t end = line.find(". ");  // a dot inside a file name ends no sentence
  line = line.substr(0, end);
  return line.ends_with('.') ? line.substr(0, line.size() - 1) : line;
}

std::string overview() {
  std::string out =
      "mlpgen COMMAND ...     a build generator for MLPerf Inference\n\n"
      "  mlpgen configure --preset=demo && ninja submission     the embedded demo, in a new "
      "directory\n"
      "  mlpgen explain CM_MLPERF_MODEL                         where a value was set, and which "
      "values it overrides\n\n"
      "Commands (`mlpgen COMMAND --help` teaches one):\n";
  size_t width = 0;
  for (const CommandEntry& e : commands())
    if (!e.hidden) width = std::max(width, e.name.size());
  for (const CommandEntry& e : commands())
    if (!e.hidden) out += row(e.name, e.about, width);
  out +=
      "\n`mlpgen help WORD` explains a diagnostic, a recipe, a rule or a command. Exit codes: 0 "
      "done, 1 you can fix it, 2 usage, 70 our bug.\n";
  return out;
}

std::string help_of(const CommandEntry& e) {
  std::string out =
      "mlpgen " + e.name + (e.usage.empty() ? "" : " " + e.usage) + "\n\n" + e.about + "\n";
  if (!e.more.empty()) out += "\n" + e.more + "\n";
  out += "\nOptions:\n";
  for (const CommandOption& o : e.options) {
    std::string name = (o.brief.empty() ? "" : o.brief + ", ") + o.name +
                       (o.value.empty() ? "" : (o.name.size() == 2 ? " " : "=") + o.value);
    out += row(name, o.help, 22);
  }
  return out;
}

}  // namespace mlpgen
