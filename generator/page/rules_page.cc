// All rules -> one page: what a kind of step takes, makes, and how it may run.
#include <algorithm>

#include "page/markdown.h"
#include "page/parts.h"
#include "page/phrases.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string type_cell(const RuleParam& p) {
  return type_word(p) + (p.choices.empty() ? "" : ": " + markdown::plain(join(p.choices, ", ")));
}

std::string mode_phrase(const StepRule& r) {
  if (!r.modes.empty()) return "as its mode says";
  if (r.mode == "measure") return "measure: alone on its machine";
  if (r.mode == "fetch") return "fetch: its outputs come from outside and are verified";
  return "work: from its declared inputs alone";
}

std::string lock_phrase(const StepRule& r) {
  if (r.lock.value == "file") return "digest and size of the file, unless the recipe has them";
  if (r.lock.value == "commit") return "nothing: a commit names its content";
  if (r.lock.value == "local") return "nothing: its files are read when the edge runs";
  if (r.lock.value == "checkout") return "nothing: its files are digested by configure";
  if (r.lock.value.empty()) return "";
  return "the entry `" + r.lock.value + "`";
}

std::string passed_env(const StepRule& r) {
  std::set<std::string> all;
  for (const RuleEdge& e : r.edges)
    for (const Text& t : e.pass_env) all.insert(markdown::code(t.value));
  return join({all.begin(), all.end()}, " ");
}

std::string default_cell(const RuleParam& p) {
  if (p.required) return "needed";
  std::vector<std::string> items = values_of(p.default_items);
  return join(items, "").empty() ? "nothing" : markdown::code(join(items, ", "));
}

std::string params_table(const StepRule& r) {
  markdown::Table t({"parameter", "type", "default", "meaning"});
  for (const RuleParam& p : r.params)
    t.add({markdown::code(p.name.value), type_cell(p), default_cell(p), markdown::plain(p.about)});
  return t.empty() ? "" : "\n" + t.text();
}

std::string modes_table(const StepRule& r) {
  markdown::Table t({"mode", "how it runs", "meaning"});
  for (const StepRule& m : r.modes)
    t.add({markdown::code(m.chosen.value), mode_phrase(m), markdown::plain(m.about)});
  return t.empty() ? "" : "\n" + t.text();
}

std::string edges_table(const StepRule& r) {
  markdown::Table t({"edge", "one for each", "outputs", "meaning"});
  for (const RuleEdge& e : r.edges) {
    std::vector<std::string> outputs;
    for (const auto& [name, path] : e.outputs)
      outputs.push_back(markdown::code(name.value) + " (" + markdown::code(path.value) + ")");
    t.add({markdown::code(e.id.value), markdown::code(e.foreach_param.value), join(outputs, ", "),
           markdown::plain(e.about)});
  }
  return "\n" + t.text();
}

std::string users_of_rule(const StepRule& r, const PageContext& c) {
  auto it = c.rule_users.find(r.name.value);
  std::vector<std::string> links;
  if (it != c.rule_users.end())
    for (const std::string& id : it->second)
      links.push_back(markdown::link(id, "recipes/" + id + ".md"));
  return join(links, ", ");
}

std::string rule_section(const StepRule& r, const PageContext& c) {
  markdown::Table t({"how it runs", mode_phrase(r)});
  auto fact = [&](const char* what, const std::string& text) {
    if (!text.empty()) t.add({what, text});
  };
  auto ran = c.in.ran.rules.find(r.name.value);
  fact("the work is done by",
       r.tool.value.empty() ? "" : markdown::code("mlpgen-tool " + r.tool.value));
  fact("the lock knows", lock_phrase(r));
  fact("passes on", passed_env(r));
  fact("revision", r.revision == 1 ? "" : std::to_string(r.revision));
  fact("used by", users_of_rule(r, c));
  fact("tests ran it in", ran == c.in.ran.rules.end() ? "" : join(ran->second, ", "));
  return "\n## " + r.name.value + "\n\n" + markdown::plain(r.about) + "\n\n" + t.text() +
         modes_table(r) + params_table(r) + edges_table(r);
}

}  // namespace

std::string rules_page(const PageContext& c) {
  std::string out = std::string(kMarkdownMark) +
                    "# Rules\n\n"
                    "A rule is a kind of step. Each edge of it is one command, an argument list "
                    "without a shell, with its own environment: the variables that a rule\n"
                    "passes on from the caller's environment are listed below. How a rule file is "
                    "written: [language.md](../language.md#rules).\n";
  for (const std::string& name : c.in.library.rule_names())
    if (const StepRule* r = c.in.library.rule({name, {}})) out += rule_section(*r, c);
  return out;
}

}  // namespace mlpgen
