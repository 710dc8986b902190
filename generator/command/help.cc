// mlpgen help: a word to the page about it.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "command/text/help_text.h"
#include "command/text/pages.h"
#include "command/text/questions.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using HelpJson = nlohmann::ordered_json;

// A page: as a text, or, with --format=json, as one document {format, kind, name, text}.
void print(const Session& s, const char* kind, const std::string& name, const std::string& text) {
  if (!s.json) {
    std::cout << text;
    return;
  }
  HelpJson j = {{"format", 1}, {"kind", kind}, {"name", name}, {"text", text}};
  std::cout << j.dump(2, ' ', false, HelpJson::error_handler_t::replace) << "\n";
}

void list_diagnostics(bool json) {
  HelpJson j = {{"format", 1}, {"kind", "diagnostics"}, {"diagnostics", HelpJson::array()}};
  for (const Page& p : diagnostic_pages()) {
    j["diagnostics"].push_back({{"id", p.id}, {"about", first_sentence(p)}});
    if (!json)
      std::cout << p.id << std::string(p.id.size() < 26 ? 28 - p.id.size() : 2, ' ')
                << first_sentence(p) << "\n";
  }
  if (json) std::cout << j.dump(2) << "\n";
}

std::string rule_text(const StepRule& r) {
  std::string out = "rule " + r.name.value + ": " + r.about + "\n  " +
                    (r.modes.empty() ? "mode " + r.mode + ", " : "") + "revision " +
                    std::to_string(r.revision) +
                    (r.tool.value.empty() ? "" : ", tool " + r.tool.value) +
                    (r.lock.value.empty() ? "" : ", lock " + r.lock.value) + "\n";
  if (!r.modes.empty()) out += "\nModes\n";
  for (const StepRule& m : r.modes)
    out += "  " + m.chosen.value + ": " + m.mode + "\n      " + m.about + "\n";
  if (!r.params.empty()) out += "\nParameters\n";
  for (const RuleParam& p : r.params) {
    std::string otherwise =
        p.default_items.empty() ? "nothing" : join(values_of(p.default_items), ", ");
    out += "  " + p.name.value + ": " + type_word(p) +
           (p.required ? "" : ", default " + otherwise) + "\n      " + p.about + "\n";
  }
  for (const RuleEdge& e : r.edges) {
    out += "\nEdge " + e.id.value +
           (e.foreach_param.value.empty() ? "" : ", one for each of " + e.foreach_param.value) +
           (e.about.empty() ? "" : ": " + e.about) + "\n";
    for (const auto& [name, path] : e.outputs)
      out += "  output " + name.value + ": " + path.value + "\n";
  }
  return out;
}

void print_one_recipe(const Recipe& r, Session& s) {
  if (!s.json) return print_recipe(r, s);
  HelpJson j = recipe_json(r, *s.library);
  std::cout << j.dump(2, ' ', false, HelpJson::error_handler_t::replace) << "\n";
}

// True when the word named something and it was printed.
bool print_about(const std::string& word, Session& s) {
  if (const CommandEntry* e = find_command(word); e && !e->hidden) {
    print(s, "command", word, help_of(*e));
    return true;
  }
  if (const Page* p = find_page(word)) {
    print(s, "diagnostic", word, std::string(p->text));
    return true;
  }
  if (!s.open_recipes()) return true;
  std::vector<std::string> rules = s.library->rule_names();
  if (const Recipe* r = s.library->recipe(word)) {
    print_one_recipe(*r, s);
    return true;
  }
  if (std::find(rules.begin(), rules.end(), word) == rules.end()) return !s.sink.ok();
  if (const StepRule* r = s.library->rule({word, {}})) print(s, "rule", word, rule_text(*r));
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
    print(s, "overview", "mlpgen", overview());
    return s.finish();
  }
  std::string word = line.words.front();
  if (word == "diagnostics") {
    list_diagnostics(s.json);
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
