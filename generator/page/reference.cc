// All pages of the reference, and those that only list others.
#include "page/reference.h"

#include <algorithm>

#include "page/markdown.h"
#include "page/parts.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using markdown::link;

PageContext context_of(const ReferenceInput& in) {
  PageContext c{in, {}, {}, {}};
  for (const std::string& id : in.library.ids())
    if (const Recipe* r = in.library.recipe(id)) c.recipes.push_back(r);
  for (const Recipe* r : c.recipes) {
    auto use = [&](const std::vector<Dep>& deps) {
      for (const Dep& d : deps)
        for (const std::string& id : in.library.select(d.tags)) c.users[id].insert(r->id.value);
    };
    use(r->deps);
    for (const Variation& v : r->variations) use(v.deps);
    for (const OwnedStep& s : steps_of(*r)) c.rule_users[s.step->rule.value].insert(r->id.value);
  }
  return c;
}

// A line for each state that some recipe has, with their number.
std::string state_counts(const PageContext& c) {
  std::map<State, size_t> count;
  for (const Recipe* r : c.recipes) ++count[state_of(*r, c.in.ran).state];
  const std::map<State, std::string> meaning = {
      {State::kReal,
       "tests ran each of its steps on this project's own machines; steps that fetch, with the "
       "real bytes"},
      {State::kShaped,
       "its steps, URLs and digests come from the record, but not all of its steps ran on real "
       "files; the state lists the steps that ran, and those on stand-ins"},
      {State::kMissing,
       "nothing can be obtained or installed: choosing it is an error with this reason"},
      {State::kProbe, "has no steps: it looks for something on the machine"},
      {State::kDispatcher, "has no steps: it chooses among others, or lists what others install"}};
  markdown::Table t({"state", "recipes", "meaning"});
  for (const auto& [state, text] : meaning)
    if (count[state]) t.add({markdown::code(to_word(state)), std::to_string(count[state]), text});
  return t.text();
}

std::string first_letter_large(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

std::string recipe_list(const PageContext& c) {
  std::string out = std::string(kMarkdownMark) + "# Recipes\n\n" + state_counts(c);
  std::set<std::string> categories;
  for (const Recipe* r : c.recipes) categories.insert(r->category);
  for (const std::string& category : categories) {
    markdown::Table t({"recipe", "what it gives", "state"});
    for (const Recipe* r : c.recipes)
      if (r->category == category)
        t.add({link(r->id.value, "recipes/" + r->id.value + ".md"), markdown::plain(r->about),
               markdown::plain(sentence(state_of(*r, c.in.ran)))});
    out += markdown::section(first_letter_large(category), t);
  }
  return out;
}

std::string commands_page(const ReferenceInput& in) {
  markdown::Table t({"command", "what it does"});
  for (const CommandText& c : in.commands)
    t.add({link("mlpgen " + c.name, "#mlpgen-" + c.name), markdown::plain(c.about)});
  std::string out = std::string(kMarkdownMark) + "# The command line\n\n" + t.text() +
                    "\nExit codes: 0 done, 1 you can fix it, 2 usage, 70 a bug of mlpgen. "
                    "`--format=json` prints answers and diagnostics as JSON.\n";
  for (const CommandText& c : in.commands)
    out += "\n## mlpgen " + c.name + "\n\n```\n" + c.help + "```\n";
  return out;
}

std::string diagnostics_page(const ReferenceInput& in) {
  markdown::Table t({"diagnostic", "meaning"});
  for (const DiagnosticText& d : in.diagnostics)
    t.add({link(d.id, "../diagnostics/" + d.id + ".md"), markdown::plain(d.sentence)});
  return std::string(kMarkdownMark) +
         "# Diagnostics\n\nEach error and warning of mlpgen ends in one of these words; `mlpgen "
         "help WORD` prints its page.\n\n" +
         t.text();
}

std::string index_page(const PageContext& c) {
  return std::string(kMarkdownMark) +
         "# Reference\n\n"
         "Made from the recipes, rules, rounds and commands themselves by `mlpgen docs`, and "
         "compared with them by a test.\n\n"
         "- [Recipes](recipes.md): all " +
         std::to_string(c.recipes.size()) +
         " with their state; each has a page\n"
         "- [Rules](rules.md): the kinds of steps, what they take and make\n"
         "- [Models, rounds and scenarios](rounds.md): what each round asks, quality targets\n"
         "- [The command line](commands.md): each command's help; `man/` has the same as man "
         "pages\n"
         "- [Diagnostics](diagnostics.md): each error and warning\n";
}

std::vector<PageFile> make_reference(const ReferenceInput& in) {
  PageContext c = context_of(in);
  std::vector<PageFile> pages = {
      {"README.md", index_page(c)},       {"recipes.md", recipe_list(c)},
      {"rules.md", rules_page(c)},        {"rounds.md", rounds_page(in.rounds)},
      {"commands.md", commands_page(in)}, {"diagnostics.md", diagnostics_page(in)},
      {"man/mlpgen.1", man_page(in)}};
  for (const Recipe* r : c.recipes)
    pages.push_back({"recipes/" + r->id.value + ".md", recipe_page(*r, c)});
  for (const CommandText& command : in.commands)
    pages.push_back({"man/mlpgen-" + command.name + ".1", man_page(in, command)});
  for (const ProgramText& p : in.programs)
    pages.push_back({"man/" + p.name + ".1", man_page(in, p)});
  std::sort(pages.begin(), pages.end(),
            [](const PageFile& a, const PageFile& b) { return a.path < b.path; });
  return pages;
}

}  // namespace mlpgen
