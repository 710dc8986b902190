// Tags choose the recipe; the recipe says what each option means.
#include "translate/translation.h"

#include <algorithm>

#include "base/closest.h"
#include "base/text.h"
#include "recipe/tags.h"
#include "translate/option_notes.h"

namespace mlpgen {
namespace {

// "--env.MLC_X=1" -> {"env.MLC_X", "1"}; a switch has no value.
struct Option {
  std::string name;  // without dashes
  std::optional<std::string> value;
};

Option read_option(const std::string& word) {
  size_t begin = word.find_first_not_of('-'), eq = word.find('=');
  if (begin == std::string::npos) return {"", std::nullopt};
  if (eq == std::string::npos) return {word.substr(begin), std::nullopt};
  return {word.substr(begin, eq - begin), word.substr(eq + 1)};
}

std::string with_value(const std::string& name, const Option& o) {
  return "--" + name + (o.value ? "=" + *o.value : "");
}

// MLC calls keys and some tags by its own name; the recipes here keep those of the documented
// pages.
std::string name_here(const std::string& name, std::string_view theirs, std::string_view ours) {
  return name.starts_with(theirs) ? std::string(ours) + name.substr(theirs.size()) : name;
}

std::string tag_here(const std::string& tag) {
  return tag == "sys-utils-mlc" ? "sys-utils-cm" : tag;
}

const Flag* flag_of(const Recipe& recipe, const std::string& name) {
  std::string plain = replace_all(name, "-", "_");
  for (const Flag& f : recipe.flags)
    if (replace_all(f.name.value, "-", "_") == plain) return &f;
  return nullptr;
}

TranslatedWord translate_named(const std::string& word, const Option& o) {
  for (const char* prefix : {"adr.", "ad."})
    if (o.name.starts_with(prefix)) {
      std::string rest = o.name.substr(std::string_view(prefix).size());
      size_t env = rest.find(".env.");
      if (env != std::string::npos)
        rest = rest.substr(0, env + 5) + name_here(rest.substr(env + 5), "MLC_", "CM_");
      return {word, with_value("adr." + rest, o),
              std::string_view(prefix) == "ad." ? "it reaches deps of deps, too" : ""};
    }
  std::string_view prefix = o.name.starts_with("env.") ? "env." : "const.";
  return {word, with_value("env." + name_here(o.name.substr(prefix.size()), "MLC_", "CM_"), o), ""};
}

TranslatedWord translate_option(const std::string& word, const Recipe& recipe) {
  Option o = read_option(word);
  if (word.starts_with('@'))
    return {word, "", "options stand on the command line, or in a preset: docs/language.md"};
  if (o.value && o.value->empty()) return {word, "", "it is empty", false};
  if (o.name.starts_with("adr.") || o.name.starts_with("ad.") || o.name.starts_with("env.") ||
      o.name.starts_with("const."))
    return translate_named(word, o);
  if (o.value && (o.name == "version" || o.name == "version_min" || o.name == "version_max"))
    return {word, with_value(o.name, o), ""};
  if (const Flag* f = flag_of(recipe, o.name)) return {word, with_value(f->name.value, o), ""};
  std::string plain = replace_all(o.name, "-", "_"), other = other_name_of_flag(plain);
  if (const Flag* f = other.empty() ? nullptr : recipe.find_flag(other))
    return {word, with_value(f->name.value, o), "another name of --" + f->name.value};
  if (plain.starts_with("docker_")) plain = "docker";
  if (OptionNote note = note_of_option(plain); !note.why.empty())
    return {word, "", note.why, note.needed};
  std::vector<std::string> known;
  for (const Flag& f : recipe.flags) known.push_back(f.name.value);
  std::string near = did_you_mean(plain, known);
  return {word, "",
          recipe.id.value + " has no flag '" + o.name + "'" + (near.empty() ? "" : "; " + near)};
}

// Newer recipes write run-harness for run_harness; rounds had a draft of their own, r4.1-dev.
TranslatedWord translate_variation(const std::string& word, const Recipe& recipe) {
  auto known = [&](const std::string& name) { return recipe.find_variation(name) != nullptr; };
  std::string name = word.substr(std::min(word.size(), word.find('_') + 1));
  std::string dashes = word.substr(0, word.size() - name.size());
  if (known(name)) return {word, word, ""};
  for (const std::string& spelled : {replace_all(name, "-", "_"), replace_all(name, "_", "-")})
    if (known(spelled)) return {word, dashes + spelled, ""};
  if (std::string round = name.substr(0, name.size() - 4); name.ends_with("-dev") && known(round))
    return {word, dashes + round, "rounds have no drafts here"};
  return {word, word, ""};
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
    if (!w.equal.empty()) words.push_back(w.equal);
  return words;
}

std::string target_of(const Translation& t, const Recipe& recipe) {
  for (const TranslatedWord& w : t.words)
    for (const Target& target : recipe.targets) {
      bool of_variation = w.equal == "_" + target.variation.value && target.by_default;
      if (of_variation || w.equal == "--mode=" + target.name.value) return target.name.value;
    }
  return "";
}

}  // namespace mlpgen
