// mlpgen help: a word to the page about it.
#include <algorithm>
#include <iostream>

#include "command/options.h"
#include "command/request/session.h"
#include "command/text/help_text.h"
#include "command/text/pages.h"
#include "command/text/questions.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

void list_diagnostics() {
  for (const Page& p : diagnostic_pages())
    std::cout << p.id << std::string(p.id.size() < 26 ? 28 - p.id.size() : 2, ' ')
              << first_sentence(p) << "\n";
}

void print_rule(const StepRule& r) {
  std::cout << "rule " << r.name.value << ": " << r.about << "\n  "
            << (r.modes.empty() ? "mode " + r.mode + ", " : "") << "revision " << r.revision
            << (r.tool.value.empty() ? "" : ", tool " + r.tool.value)
            << (r.lock.value.empty() ? "" : ", lock " + r.lock.value) << "\n";
  if (!r.modes.empty()) std::cout << "\nModes\n";
  for (const StepRule& m : r.modes)
    std::cout << "  " << m.chosen.value << ": " << m.mode << "\n      " << m.about << "\n";
  if (!r.params.empty()) std::cout << "\nParameters\n";
  for (const RuleParam& p : r.params) {
    std::cout << "  " << p.name.value << ": " << type_word(p)
              << (p.required ? ""
                             : ", default " + (p.default_items.empty()
                                                   ? "nothing"
                                                   : join(values_of(p.default_items), ", ")))
              << "\n      " << p.about << "\n";
  }
  for (const RuleEdge& e : r.edges) {
    std::cout << "\nEdge " << e.id.value
              << (e.foreach_param.value.empty() ? "" : ", one for each of " + e.foreach_param.value)
              << (e.about.empty() ? "" : ": " + e.about) << "\n";
    for (const auto& [name, path] : e.outputs)
      std::cout << "  output " << name.value << ": " << path.value << "\n";
  }
}

// True when the word named something and it was printed.
bool print_about(const std::string& word, Session& s) {
  if (const CommandEntry* e = find_command(word); e && !e->hidden) {
    std::cout << help_of(*e);
    return true;
  }
  if (const Page* p = find_page(word)) {
    std::cout << p->text;
    return true;
  }
  if (!s.open_recipes()) return true;
  std::vector<std::string> rules = s.library->rule_names();
  if (const Recipe* r = s.library->recipe(word)) {
    print_recipe(*r, s);
    return true;
  }
  if (std::find(rules.begin(), rules.end(), word) == rules.end()) return !s.sink.ok();
  if (const StepRule* r = s.library->rule({word, {}})) print_rule(*r);
  return true;
}

}  // namespace

std::vector<std::string> help_words(Session& s) {
  std::vector<std::string> known = {"diagnostics"};
  for (const CommandEntry& e : commands())
    if (!e.hidden) known.push_back(e.name);
  for (const Page& p : diagnostic_pages()) known.emplace_back(p.id);
  if (s.library)
    for (const std::string& id : s.library->ids()) known.push_back(id);
  if (s.library)
    for (const std::string& name : s.library->rule_names()) known.push_back(name);
  return known;
}

static int run_help(const CommandLine& line) {
  Session s(line);
  if (line.words.empty()) {
    std::cout << overview();
    return s.finish();
  }
  std::string word = line.words.front();
  if (word == "diagnostics") {
    list_diagnostics();
    return s.finish();
  }
  if (!print_about(word, s)) {
    std::string near = did_you_mean(word, help_words(s));
    s.sink.error("unknown-word", {}, "there is no page about '" + word + "'")
        .with_help(near.empty()
                       ? "it takes a command, a diagnostic (`mlpgen help diagnostics`), a recipe "
                         "or a rule; `mlpgen check-submission --help` says what the words of its "
                         "findings are"
                       : near);
  }
  return s.finish();
}

CommandEntry help_entry() {
  return {"help",
          "WORD",
          "Explain a diagnostic, a command, a recipe or a rule",
          "`mlpgen help diagnostics` lists every diagnostic.",
          {kTrustOption, kFormatOption, kHelpOption},
          false,
          run_help};
}

}  // namespace mlpgen
