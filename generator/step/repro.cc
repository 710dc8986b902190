// A step as a shell script that a person can run.
#include <algorithm>

#include "step/step.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr std::string_view kLate = "${late:";

// `what` is PATH#/pointer.
std::string late_call(std::string_view what) {
  size_t hash = std::min(what.find('#'), what.size());
  std::string_view pointer = what.substr(std::min(hash + 1, what.size()));
  return "\"$(late " + shell_quote(what.substr(0, hash)) + " " + shell_quote(pointer) + ")\"";
}

// A word in which ${out} becomes "$out" and a late value a call of late().
std::string shell_word(const std::string& word) {
  std::string script;
  const std::string known = replace_all(word, "${kept}", "${out}.kept");
  std::string_view rest = known;
  for (;;) {
    size_t at = std::min(rest.find("${out}"), rest.find(kLate));
    std::string_view plain = rest.substr(0, at);
    if (!plain.empty() || (script.empty() && at == std::string_view::npos))
      script += shell_quote(plain);
    if (at == std::string_view::npos) return script;
    rest.remove_prefix(at);
    size_t end = std::min(rest.find('}'), rest.size());
    script += rest.starts_with("${out}") ? "\"$out\""
                                         : late_call(rest.substr(0, end).substr(kLate.size()));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

bool has_late(const Step& step) {
  auto late = [](const std::string& w) { return w.find("${late:") != std::string::npos; };
  return std::any_of(step.argv.begin(), step.argv.end(), late) ||
         std::any_of(step.env.begin(), step.env.end(),
                     [&](const auto& e) { return late(e.second); });
}

constexpr const char* kLateFunction =
    "late() {  # FILE POINTER: one value of a JSON file\n"
    "  python3 -c 'import json, re, sys\n"
    "v = json.load(open(sys.argv[1]))\n"
    "for name, text, k in re.findall(r\"/(?:\\[([^=/]*)=([^]]*)]|([^/]*))\", sys.argv[2]):\n"
    "  k = k.replace(\"~1\", \"/\").replace(\"~0\", \"~\")\n"
    "  v = next(o for o in v if o.get(name) == text) if name else v[int(k)] if isinstance(v, list) "
    "else v[k]\n"
    "print(v if isinstance(v, str) else json.dumps(v))' \"$1\" \"$2\"\n"
    "}\n";

// Adds to "$@" (the env words) what the runner takes from its own environment, by name or glob.
std::string pass_on(const Step& step) {
  std::string globs = join(step.pass_env, "|");
  if (!step.secrets.empty()) globs += (globs.empty() ? "" : "|") + join(step.secrets, "|");
  if (globs.empty()) return "";
  return "for name in $(env | sed -n 's/^\\([A-Za-z_][A-Za-z0-9_]*\\)=.*/\\1/p'); do\n"
         "  case $name in " +
         globs +
         ") eval \"set -- \\\"\\$@\\\" \\\"$name=\\$$name\\\"\" ;; esac\n"
         "done\n";
}

}  // namespace

std::string repro_script(const Step& step, const std::string& run_directory) {
  std::string s =
      "#!/bin/sh\n# " + step.name + (step.about.empty() ? "" : ": " + step.about) + "\n";
  s += "# The command of this edge, once more, into a fresh folder; the finished artifact is not "
       "touched.\n";
  s += "set -eu\ncd " + shell_quote(run_directory) + "\n";
  s += "out=$(mktemp -d \"${TMPDIR:-/tmp}/mlpgen-repro.XXXXXX\")\n";
  s += "echo \"output goes to $out\" >&2\n";
  if (has_late(step)) s += kLateFunction;
  s += "set --\n" + pass_on(step);
  for (const auto& [name, value] : step.env)
    s += "set -- \"$@\" " + name + "=" + shell_word(value) + "\n";
  for (size_t i = 0; i < step.argv.size(); ++i) {
    bool relative = i == 0 && !step.argv[i].starts_with('/') && !step.argv[i].starts_with('$');
    s += "set -- \"$@\" " + std::string(relative ? "\"$PWD\"/" : "") + shell_word(step.argv[i]) +
         "\n";
  }
  return s + "exec env -i \"$@\" < /dev/null\n";
}

}  // namespace mlpgen
