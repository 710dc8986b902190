// Tags choose the recipe; the recipe says what each option means.
#include "translate/translation.h"

#include <algorithm>

#include "recipe/tags.h"
#include "text/text.h"
#include "translate/option_notes.h"
#include "translate/translated_word.h"

namespace mlpgen {
namespace {

// MLC calls some tags by its own name.
std::string tag_here(const std::string& tag) {
  return tag == "sys-utils-mlc" ? "sys-utils-cm" : tag;
}

// The recipes that share the most words with the old command, three at most.
std::vector<std::string> nearest(const std::vector<std::string>& tags, Library& library) {
  std::vector<std::pair<size_t, std::string>> all;
  for (const RecipeEntry& e : library.entries()) {
    std::vector<std::string> words = e.tags;
    for (const auto& alias : e.tag_aliases) words.insert(words.end(), alias.begin(), alias.end());
    size_t shared = 0;
    for (const std::string& t : tags)
      shared += std::find(words.begin(), words.end(), t) != words.end();
    if (shared > 0) all.emplace_back(tags.size() - shared, e.id);
  }
  std::sort(all.begin(), all.end());
  std::vector<std::string> best;
  for (const auto& [missing, id] : all)
    if (missing == all.front().first && best.size() < 3) best.push_back(id);
  return best;
}

// Says which tags no recipe has, and which recipe is nearest.
void say_none(Translation& t, const std::vector<std::string>& tags, Library& library) {
  std::vector<std::string> known = library.all_tags(), unknown;
  for (const std::string& tag : tags)
    if (std::find(known.begin(), known.end(), tag) == known.end())
      unknown.push_back("'" + tag + "'");
  std::vector<std::string> near = nearest(tags, library);
  t.understood = false;
  t.why = "no recipe has the tags " + join(tags, ",") +
          (unknown.empty() ? "" : "; none has " + join(unknown, ", "));
  t.help = near.empty() ? "`mlpgen find` lists all recipes"
                        : "the nearest: " + join(near, ", ") + "; `mlpgen show " + near.front() +
                              "` prints it";
}

void translate_script(const CmCommand& c, Library& library, Translation& t) {
  std::vector<std::string> tags, variations;
  for (const std::string& tag : c.tags)
    (tag.starts_with('_') || tag.starts_with("-_") ? variations : tags).push_back(tag_here(tag));
  if (tags == std::vector<std::string>{"cm", "gui"}) {
    t.why = note_of_command("gui", "").why;
    t.understood = false;
    for (const std::string& o : c.options)
      if (o.starts_with("--script=")) t.help = "type: mlpgen show " + o.substr(9);
    return;
  }
  if (std::string equal = equal_of_script(tags); !equal.empty()) {
    t.why = "the equal is a target of the benchmark's run directory: " + equal;
    return;
  }
  Sink quiet;
  std::vector<std::string> ids = tags.empty()
                                     ? std::vector<std::string>{}
                                     : library.select(parse_tags(join(tags, ","), {}, quiet));
  if (ids.empty()) return say_none(t, tags, library);
  if (ids.size() > 1) {
    t.understood = false;
    t.why = "several recipes have the tags " + join(tags, ",") +
            ", and CM would take one of them or ask: " + join(ids, ", ");
    t.help = "name one: mlpgen configure " + ids.front();
    return;
  }
  const Recipe* recipe = library.recipe(ids.front());
  if (!recipe) return;  // reported by the library
  for (const std::string& o : c.options)
    if (o == "--help" || o == "-h") {
      t.lines.push_back("mlpgen show " + ids.front());
      return;
    }
  t.recipe = ids.front();
  for (const std::string& v : variations) t.words.push_back(translate_variation(v, *recipe));
  for (const std::string& o : c.options) t.words.push_back(translate_option(o, *recipe));
}

// What is no command of CM or MLC; what only installs one of them is not needed.
void translate_other_program(const CmCommand& c, Translation& t) {
  auto names = [&](const char* package) {
    return std::find(c.words.begin(), c.words.end(), package) != c.words.end();
  };
  t.understood = names("cmind") || names("mlcflow") || names("mlc-scripts") || names("cm4mlops");
  t.why = t.understood ? "mlpgen is a program of its own" : "this is no command of CM or MLC";
}

}  // namespace

Translation translate(const CmCommand& c, Library& library) {
  Translation t;
  if (c.action.empty()) {
    translate_other_program(c, t);
  } else if (c.automation == "script" && (c.action == "run" || c.action == "docker")) {
    translate_script(c, library, t);
    if (c.action == "docker" && t.understood) t.why = note_of_command("docker", "script").why;
  } else {
    CommandNote note = note_of_command(c.action, c.automation);
    std::string line = c.tags.empty() && !note.bare_line.empty() ? note.bare_line : note.line;
    if (!line.empty())
      t.lines.push_back(std::string(trim(replace_all(line, "TAGS", join(c.tags, ",")))));
    t.why = note.why;
    t.understood = note.understood;
  }
  return t;
}

std::vector<std::string> request_words(const Translation& t) {
  std::vector<std::string> words;
  if (t.recipe.empty()) return words;
  words.push_back(t.recipe);
  for (const TranslatedWord& w : t.words)
    if (!w.equal.empty()) words.push_back(w.trial.empty() ? w.equal : w.trial);
  return words;
}

std::vector<TranslatedWord> without_equal(const Translation& t, bool selecting) {
  std::vector<TranslatedWord> words;
  for (const TranslatedWord& w : t.words)
    if (w.equal.empty() && w.needed && (w.selects || !selecting)) words.push_back(w);
  return words;
}

std::string target_of(const Translation& t, const Recipe& recipe) {
  for (const TranslatedWord& w : t.words)
    for (const Target& target : recipe.targets) {
      bool of_variation =
          w.equal == "_" + target.variation.value && target.by_default.value_or(true);
      if (of_variation || w.equal == "--mode=" + target.name.value) return target.name.value;
    }
  return "";
}

}  // namespace mlpgen
