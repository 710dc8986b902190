// The table of commands, and what the other programs print by --help -> man pages in roff (man(7)).
#include "page/parts.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// A line that roff prints as it is.
std::string roff_line(const std::string& line) {
  std::string out = replace_all(replace_all(line, "\\", "\\e"), "-", "\\-");
  return (out.starts_with('.') || out.starts_with('\'') ? "\\&" : "") + out;
}

std::string roff(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string& line : split(text, '\n')) lines.push_back(roff_line(line));
  return join(lines, "\n");
}

std::string title(const ReferenceInput& in, const std::string& name) {
  return kManMark + std::string(".TH ") + roff_line(name) + " 1 \"\" \"mlpgen " + in.version +
         "\"\n";
}

std::string heading(const char* text) { return std::string(".SH ") + text + "\n"; }

// "  key   meaning" pairs.
std::string item(const std::string& key, const std::string& meaning) {
  return ".TP\n.B " + roff_line(key) + "\n" + roff(meaning) + "\n";
}

// Paragraphs of --help: text is filled, what is indented or a list of examples keeps its lines.
std::string paragraphs(const std::string& text) {
  std::string out;
  for (const std::string& paragraph : split(replace_all(text, "\n\n", "\f"), '\f')) {
    if (paragraph.empty()) continue;
    bool as_is = paragraph.find("\n  ") != std::string::npos || paragraph.starts_with("  ");
    out += (out.empty() ? "" : ".PP\n") + std::string(as_is ? ".EX\n" : "") + roff(paragraph) +
           (as_is ? "\n.EE\n" : "\n");
  }
  return out;
}

std::string option_name(const OptionText& o) {
  return (o.brief.empty() ? "" : o.brief + ", ") + o.name +
         (o.value.empty() ? "" : (o.name.size() == 2 ? " " : "=") + o.value);
}

std::string exit_codes() {
  return heading("\"EXIT STATUS\"") + item("0", "done") +
         item("1", "something that you can fix: the diagnostic says what and how") +
         item("2", "the command line") + item("70", "a bug of mlpgen");
}

std::string environment() {
  return heading("ENVIRONMENT") +
         item("MLPGEN_HOME", "the folder that holds recipes/, rules/ and templates/") +
         item("MLPGEN_STORE", "the store of fetched files; ~/.cache/mlpgen by default") +
         item("MLPGEN_OFFLINE", "1: nothing is fetched over the network") +
         item("MLPGEN_MIRROR", "PREFIX=URL: what begins with PREFIX is fetched from URL") +
         item("MLPGEN_MACHINE_LOCK",
              "the lock that lets a measurement be alone on its machine; an absolute path; "
              "mlpgen-machine in /run/lock or /tmp by default");
}

}  // namespace

std::string man_page(const ReferenceInput& in) {
  std::string out =
      title(in, "mlpgen") + heading("NAME") + "mlpgen \\- build generator for MLPerf Inference\n";
  out += heading("SYNOPSIS") + ".B mlpgen\n.I COMMAND\n[\\fIWORD\\fR ...]\n";
  out += heading("DESCRIPTION") +
         "Reads recipes, applies the variations and flags that you chose, and writes a Ninja graph "
         "in which every dependency is a target: data set, model, LoadGen, harness, "
         "measurements, submission tree, checker and tarball.\n.PP\nThe embedded demo, in a new "
         "directory:\n.PP\n.EX\nmlpgen configure \\-\\-preset=demo && ninja submission\n.EE\n";
  out += heading("COMMANDS");
  for (const CommandText& c : in.commands) out += item("mlpgen " + c.name, c.about);
  out += exit_codes() + environment();
  out +=
      heading("FILES") + item("build.ninja", "the graph, in the run directory") +
      item(".mlpgen/", "plan, logs and host facts of a run directory") +
      item("mlpgen.lock", "versions and digests of what comes from outside, beside build.ninja") +
      item("~/.config/mlpgen/presets.yaml", "presets of your own");
  out += heading("\"SEE ALSO\"");
  for (const ProgramText& p : in.programs) out += ".BR " + roff_line(p.name) + " (1),\n";
  for (size_t i = 0; i < in.commands.size(); ++i)
    out += ".BR mlpgen\\-" + roff_line(in.commands[i].name) + " (1)" +
           (i + 1 < in.commands.size() ? ",\n" : ",\n.BR ninja (1)\n");
  return out;
}

std::string man_page(const ReferenceInput& in, const CommandText& c) {
  std::string out = title(in, "mlpgen-" + c.name) + heading("NAME") + "mlpgen\\-" +
                    roff_line(c.name) + " \\- " + roff_line(c.about) + "\n";
  out += heading("SYNOPSIS") + ".B mlpgen " + roff_line(c.name) + "\n" +
         (c.usage.empty() ? "" : roff_line(c.usage) + "\n");
  if (!c.more.empty()) out += heading("DESCRIPTION") + paragraphs(c.more);
  out += heading("OPTIONS");
  for (const OptionText& o : c.options) out += item(option_name(o), o.help);
  return out + heading("\"SEE ALSO\"") + ".BR mlpgen (1)\n";
}

// The first paragraph of its --help says how it is called.
std::string man_page(const ReferenceInput& in, const ProgramText& p) {
  const size_t synopsis = p.help.find("\n\n");
  std::string out =
      title(in, p.name) + heading("NAME") + roff_line(p.name) + " \\- " + roff_line(p.about) + "\n";
  out += heading("SYNOPSIS") + ".EX\n" + roff(p.help.substr(0, synopsis)) + "\n.EE\n";
  out += heading("DESCRIPTION") + paragraphs(p.help.substr(synopsis + 2));
  if (!p.subcommands.empty()) out += heading("SUBCOMMANDS");
  for (const auto& [name, help] : p.subcommands)
    out += ".SS " + roff_line(name) + "\n" + paragraphs(help);
  return out + heading("\"SEE ALSO\"") + ".BR mlpgen (1)\n";
}

}  // namespace mlpgen
