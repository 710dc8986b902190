// One word of an old command to its equal.
#include "translate/translated_word.h"

#include <algorithm>
#include <cctype>

#include "text/closest.h"
#include "text/text.h"
#include "translate/option_notes.h"

namespace mlpgen {
namespace {

// "--env.MLC_X=1" -> {"env.MLC_X", "1"}; a switch has no value.
struct Option {
  std::string name;  // without dashes; that of a map as it is called here: adr, ad, env
  std::optional<std::string> value;

  // The part before the first dot: the name of a map, or of the option itself.
  std::string root() const { return name.substr(0, name.find('.')); }
};

Option read_option(const std::string& word) {
  size_t begin = word.find_first_not_of('-'), eq = word.find('=');
  if (begin == std::string::npos) return {"", std::nullopt};
  Option o{word.substr(begin, eq == std::string::npos ? eq : eq - begin), std::nullopt};
  if (eq != std::string::npos) o.value = word.substr(eq + 1);
  if (o.name.ends_with(',')) o.name.pop_back();  // MLC's sign for a list
  std::string root = replace_all(o.root(), "-", "_"), here = other_name_of_map(root);
  if (o.name.find('.') != std::string::npos)
    o.name = (here.empty() ? root : here) + o.name.substr(root.size());
  return o;
}

std::string with_value(const std::string& name, const Option& o) {
  return "--" + name + (o.value ? "=" + *o.value : "");
}

// "<my token>" or "$HOME" in a word: what a person or a shell puts there; "": none.
std::string placeholder_in(const std::string& word) {
  size_t open = word.find('<'), close = word.find('>', open);
  if (open != std::string::npos && close != std::string::npos)
    return word.substr(open, close - open + 1);
  for (size_t at = word.find('$'); at != std::string::npos; at = word.find('$', at + 1)) {
    if (word.compare(at, 2, "${") == 0 || word.compare(at, 2, "$(") == 0) {
      size_t end = word.find_first_of("})", at);
      if (end != std::string::npos) return word.substr(at, end - at + 1);
    }
    size_t end = at + 1;
    while (end < word.size() &&
           (std::isalnum(static_cast<unsigned char>(word[end])) || word[end] == '_'))
      ++end;
    if (end > at + 1) return word.substr(at, end - at);
  }
  return "";
}

// The choice that a value means: CM and MLC take server for Server, and have other names for some.
std::string choice_here(const Flag& f, const std::string& value) {
  auto known = [&](const std::string& v) {
    return std::find(f.choices.begin(), f.choices.end(), v) != f.choices.end();
  };
  if (known(value)) return value;
  for (const std::string& c : f.choices)
    if (lower(c) == lower(value)) return c;
  std::string other = other_name_of_value(f.name.value, lower(value));
  return known(other) ? other : value;
}

// MLC calls keys by its own name; the recipes here keep those of the documented pages.
std::string name_here(const std::string& name, std::string_view theirs, std::string_view ours) {
  return name.starts_with(theirs) ? std::string(ours) + name.substr(theirs.size()) : name;
}

const Flag* flag_of(const Recipe& recipe, const std::string& name) {
  std::string plain = replace_all(name, "-", "_");
  for (const Flag& f : recipe.flags)
    if (replace_all(f.name.value, "-", "_") == plain) return &f;
  return nullptr;
}

// The flag that chooses by the key of --env.KEY: it knows other words for its choices.
const Flag* choosing_flag(const Recipe& recipe, const std::string& option) {
  if (!option.starts_with("env.")) return nullptr;
  std::string key = name_here(option.substr(4), "MLC_", "CM_");
  for (const Flag& f : recipe.flags)
    if (f.key.value == key && !f.selects.value.empty()) return &f;
  return nullptr;
}

// NAME.FIELD of an override: tags, conditions and whatever else a dep may hold say what is
// measured; a version or a key only where it is one of the benchmark's own parts.
bool override_selects(const std::string& name) {
  size_t env = name.find(".env.");
  if (env != std::string::npos) return key_selects_benchmark(name.substr(env + 5));
  std::string field = name.substr(name.rfind('.') + 1);
  bool plain = field == "name" || field.starts_with("version");
  return !plain || handle_selects_benchmark(name.substr(0, name.rfind('.')));
}

// --adr.NAME.FIELD and --ad.NAME.FIELD.
TranslatedWord translate_override(const std::string& word, const Option& o) {
  bool recursive = o.root() == "adr";
  std::string name = o.name.substr(o.root().size() + 1);
  if (OptionNote note = note_of_override(name, o.value.value_or("")); !note.why.empty())
    return {word, "", note.why, note.needed};
  if (size_t env = name.find(".env."); env != std::string::npos)
    name = name.substr(0, env + 5) + name_here(name.substr(env + 5), "MLC_", "CM_");
  return {word, with_value("adr." + name, o), recursive ? "" : "it reaches deps of deps, too", true,
          override_selects(name)};
}

// --env.KEY.
TranslatedWord translate_key(const std::string& word, const Option& o) {
  std::string key = name_here(o.name.substr(4), "MLC_", "CM_");
  return {word, with_value("env." + key, o), "", true, key_selects_benchmark(key)};
}

// A word with a placeholder: what to resolve in its place, and what to say of it.
TranslatedWord with_trial(TranslatedWord w, const Flag& f) {
  std::string placeholder = placeholder_in(w.word);
  if (placeholder.empty()) return w;
  std::string said = "put a value in place of " + placeholder;
  if (w.selects) return {w.word, "", said + ", which selects what is measured", true, true};
  bool number = f.type == KeyType::kInt || f.type == KeyType::kNumber;
  w.trial = "--" + f.name.value + "=" + (number ? "1" : f.type == KeyType::kPath ? "/" : "x");
  w.why = said + (w.why.empty() ? "" : "; " + w.why);
  return w;
}

TranslatedWord translate_flag(const std::string& word, Option o, const Flag& f, bool selects) {
  std::string why = replace_all(o.name, "-", "_") == replace_all(f.name.value, "-", "_")
                        ? ""
                        : "another name of --" + f.name.value;
  if (o.value && placeholder_in(*o.value).empty()) {
    std::vector<std::string> values = split(*o.value, ',');
    for (std::string& v : values) v = choice_here(f, v);
    o.value = join(values, ",");
  }
  return with_trial({word, with_value(f.name.value, o), why, true, selects}, f);
}

// Whether an option that the recipe does not know may be meant to say what is measured: another
// spelling of a flag that does, or a variation or a choice as an option of its own (--cuda).
bool may_select(const std::string& option, const Recipe& recipe,
                const std::vector<std::string>& flags) {
  std::string whole = lower(option), name = whole.substr(whole.rfind('.') + 1);
  if (selects_benchmark(name) || selects_benchmark(closest(name, flags))) return true;
  auto is_named = [&](const std::string& word) {
    std::string plain = replace_all(lower(word), "-", "_");
    return plain == name || plain == whole;
  };
  return std::any_of(recipe.variations.begin(), recipe.variations.end(),
                     [&](const Variation& v) { return is_named(v.name.value); }) ||
         std::any_of(recipe.flags.begin(), recipe.flags.end(), [&](const Flag& f) {
           return selects_benchmark(f.name.value) &&
                  std::any_of(f.choices.begin(), f.choices.end(), is_named);
         });
}

// What is left: an option that no recipe has to know, or one that none knows.
TranslatedWord translate_unknown(const std::string& word, const std::string& plain,
                                 const Recipe& recipe, bool selects) {
  std::vector<std::string> known;
  for (const Flag& f : recipe.flags) known.push_back(f.name.value);
  std::string root = plain.substr(0, plain.find('.'));
  OptionNote note = note_of_option(root.starts_with("docker_") ? "docker" : root);
  bool is_map = root != plain;
  selects = selects || selects_benchmark(root) ||
            ((is_map || note.why.empty()) && may_select(plain, recipe, known));
  if (!note.why.empty()) return {word, "", note.why, note.needed, selects};
  std::string near = did_you_mean(plain, known);
  return {word, "",
          recipe.id.value + " has no flag '" + plain + "'" + (near.empty() ? "" : "; " + near),
          true, selects};
}

}  // namespace

TranslatedWord translate_option(const std::string& word, const Recipe& recipe) {
  Option o = read_option(word);
  if (word.starts_with('@')) return {word, "", note_of_option("mlc_input_file").why, true, true};
  if (o.name.empty())
    return {word, "", "words after -- go to a program that is not run here", true, true};
  if (o.value && o.value->empty()) return {word, "", "it is empty", false};
  if (const Flag* f = choosing_flag(recipe, o.name)) return translate_flag(word, o, *f, true);
  if (o.name.starts_with("env.")) return translate_key(word, o);
  if (o.name.starts_with("adr.") || o.name.starts_with("ad.")) return translate_override(word, o);
  std::string plain = replace_all(o.name, "-", "_");
  bool selects = selects_benchmark(plain);
  if (o.value && (plain == "version" || plain == "version_min" || plain == "version_max"))
    return {word, with_value(plain, o), "", true, true};
  std::string name = other_name_of_flag(plain);
  const Flag *own = flag_of(recipe, o.name),
             *other = name.empty() ? nullptr : recipe.find_flag(name);
  if (other && (!own || own->key.value == other->key.value))
    return translate_flag(word, o, *other, selects);
  if (own) return translate_flag(word, o, *own, selects);
  return translate_unknown(word, plain, recipe, selects);
}

// Newer recipes write run-harness for run_harness; rounds had a draft of their own, r4.1-dev. A
// variation that is not known stays for the resolver, whose reason names those that are near.
TranslatedWord translate_variation(const std::string& word, const Recipe& recipe) {
  auto known = [&](const std::string& name) { return recipe.find_variation(name) != nullptr; };
  std::string name = word.substr(std::min(word.size(), word.find('_') + 1));
  std::string dashes = word.substr(0, word.size() - name.size());
  if (std::string placeholder = placeholder_in(name); !placeholder.empty())
    return {word, "", "put a value in place of " + placeholder + ", which selects what is made",
            true, true};
  if (known(name)) return {word, word, "", true, true};
  for (const std::string& spelled :
       {replace_all(name, "-", "_"), replace_all(name, "_", "-"), other_name_of_variation(name)})
    if (known(spelled)) return {word, dashes + spelled, "", true, true};
  if (std::string round = name.substr(0, name.size() - 4); name.ends_with("-dev") && known(round))
    return {word, dashes + round, "rounds have no drafts here", true, true};
  if (OptionNote note = note_of_variation(name); !note.why.empty())
    return {word, "", note.why, note.needed, note.needed};
  return {word, word, "", true, true};
}

}  // namespace mlpgen
