// mlpgen find: words to the recipes that they may mean, from the index of recipes alone.
#include <algorithm>
#include <iostream>
#include <set>

#include "command/options.h"
#include "command/request/session.h"
#include "command/text/questions.h"
#include "recipe/load/peek.h"
#include "recipe/tags.h"
#include "text/closest.h"
#include "text/text.h"
#include "yaml/yaml.h"

namespace mlpgen {
namespace {

struct Found {
  const RecipeEntry* entry = nullptr;
  std::string about;
  bool selected = false;  // the words, taken as tags, select it
};

// The recipe's sentence, read without the rest of its file.
std::string about_of(const RecipeEntry& e, Library& library) {
  std::string_view part = top_part(library.sources().text(library.open(e.path)), "about");
  Sources sources;
  Sink sink;
  std::optional<Node> root = parse_yaml(sources, sources.add(e.path, std::string(part)), sink);
  const Node* about = root ? root->find("about") : nullptr;
  return about ? about->text : "";
}

bool has_word(const Found& f, const std::string& word) {
  auto holds = [&](const std::string& text) { return lower(text).find(word) != std::string::npos; };
  const RecipeEntry& e = *f.entry;
  bool alias = std::any_of(e.tag_aliases.begin(), e.tag_aliases.end(),
                           [&](const auto& a) { return std::any_of(a.begin(), a.end(), holds); });
  return alias || holds(e.id) || holds(f.about) || std::any_of(e.tags.begin(), e.tags.end(), holds);
}

bool matches(const Found& f, const TagQuery& q, Library& library) {
  if (!std::all_of(q.tags.begin(), q.tags.end(),
                   [&](const Text& t) { return has_word(f, lower(t.value)); }))
    return false;
  auto has_tag = [&](const Text& t) {
    return std::find(f.entry->tags.begin(), f.entry->tags.end(), t.value) != f.entry->tags.end();
  };
  if (std::any_of(q.not_tags.begin(), q.not_tags.end(), has_tag)) return false;
  if (q.variations.empty()) return true;
  const Recipe* r = library.recipe(f.entry->id);
  return r && std::all_of(q.variations.begin(), q.variations.end(),
                          [&](const Text& v) { return r->find_variation(v.value); });
}

std::vector<Found> search(const TagQuery& q, Library& library) {
  std::vector<Found> all;
  std::vector<std::string> ids = library.select(q);
  std::set<std::string> selected(ids.begin(), ids.end());
  for (const RecipeEntry& e : library.entries()) {
    Found f{&e, about_of(e, library), !q.tags.empty() && selected.count(e.id) != 0};
    if (matches(f, q, library)) all.push_back(std::move(f));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Found& a, const Found& b) { return a.selected > b.selected; });
  return all;
}

void report_nothing(const TagQuery& q, const std::vector<std::string>& words, Session& s) {
  std::vector<std::string> known = s.library->all_tags(), near;
  for (const std::string& id : s.library->ids()) known.push_back(id);
  for (size_t i = known.size(); i-- > 0;)  // their parts, which are found as well
    for (std::string& part : split(known[i], '-')) known.push_back(std::move(part));
  for (const Text& t : q.tags)
    if (std::string n = closest(t.value, known); !n.empty() && n != t.value) near.push_back(n);
  s.sink.error("nothing-found", {}, "no recipe matches '" + join(words, " ") + "'")
      .with_help(near.empty() ? "use fewer words; `mlpgen find` alone lists all recipes"
                              : "did you mean '" + join(near, ",") + "'?");
}

void print_text(const std::vector<Found>& all) {
  size_t width = 0;
  for (const Found& f : all) width = std::max(width, f.entry->id.size());
  for (const Found& f : all) {
    std::string gap(width - f.entry->id.size() + 2, ' ');
    std::cout << f.entry->id << gap << f.about << "\n"
              << std::string(width + 2, ' ') << "tags: " << join(f.entry->tags, ",") << "\n";
  }
}

void print_json(const std::vector<Found>& all) {
  nlohmann::ordered_json j = {{"format", 1}, {"recipes", nlohmann::ordered_json::array()}};
  for (const Found& f : all)
    j["recipes"].push_back({{"recipe", f.entry->id},
                            {"about", f.about},
                            {"tags", f.entry->tags},
                            {"tag_aliases", f.entry->tag_aliases},
                            {"selected", f.selected}});
  std::cout << j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

}  // namespace

static int run_find(const CommandLine& line) {
  Session s(line);
  if (!s.open_recipes()) return s.finish();
  TagQuery q = parse_tags(join(line.words, ","), {}, s.sink);
  std::vector<Found> all = search(q, *s.library);
  if (all.empty() && s.sink.ok()) report_nothing(q, line.words, s);
  if (s.json)
    print_json(all);
  else
    print_text(all);
  return s.finish();
}

CommandEntry find_entry() {
  return {
      "find",
      "[WORDS]",
      "List the recipes that tags or words match",
      R"(A word is a tag, an id or a part of one, or a word of the description; _x asks for a recipe
with that variation, -x (behind a comma) for one without that tag. Without words: all recipes.

Examples:
  mlpgen find dataset
  mlpgen find get,model,_onnx
  mlpgen find dataset,-preprocessed)",
      {kTrustOption, kFormatOption, kHelpOption},
      false,
      run_find};
}

}  // namespace mlpgen
