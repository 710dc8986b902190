// The index of recipes. A recipe's first lines give its id and tags, so that only what a request reaches is parsed.
#include "recipe/library.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/closest.h"
#include "base/file.h"
#include "base/text.h"
#include "recipe/load.h"
#include "recipe/tags.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

std::vector<std::string> sorted_folder(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& e : fs::directory_iterator(folder, ignored)) names.push_back(e.path().string());
  std::sort(names.begin(), names.end());
  return names;
}

// The text after `key:` at the start of a line, or "".
std::string_view top_line(std::string_view text, std::string_view key) {
  for (size_t i = 0; i < text.size();) {
    size_t end = text.find('\n', i);
    if (end == std::string_view::npos) end = text.size();
    std::string_view line = text.substr(i, end - i);
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ':')
      return trim(line.substr(key.size() + 1));
    i = end + 1;
  }
  return "";
}

std::vector<std::string> flow_words(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& part : split(text, ',')) {
    std::string_view w = trim(part);
    while (!w.empty() && (w.front() == '"' || w.front() == '\'')) w.remove_prefix(1);
    while (!w.empty() && (w.back() == '"' || w.back() == '\'')) w.remove_suffix(1);
    if (!w.empty()) words.emplace_back(w);
  }
  return words;
}

// Id and tags without a YAML parser, when they stand in the canonical form `tags: [a, b]` on one line.
bool peek(std::string_view text, RecipeEntry& entry) {
  std::string_view id = top_line(text, "recipe"), tags = top_line(text, "tags"), aliases = top_line(text, "tag_aliases");
  if (id.empty() || !tags.starts_with('[') || !tags.ends_with(']')) return false;
  if (id.find_first_of("\"'#{[") != std::string_view::npos || tags.find_first_of("\"'#") != std::string_view::npos) return false;
  entry.id = id;
  entry.tags = flow_words(tags.substr(1, tags.size() - 2));
  if (aliases.empty()) return true;
  if (!aliases.starts_with("[[") || !aliases.ends_with("]]")) return false;
  aliases = aliases.substr(1, aliases.size() - 2);
  while (!aliases.empty()) {
    size_t open = aliases.find('['), close = aliases.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    entry.tag_aliases.push_back(flow_words(aliases.substr(open + 1, close - open - 1)));
    aliases.remove_prefix(close + 1);
  }
  return true;
}

bool has_all(const std::vector<std::string>& tags, const TagQuery& q) {
  auto has = [&](const Text& t) { return std::find(tags.begin(), tags.end(), t.value) != tags.end(); };
  return std::all_of(q.tags.begin(), q.tags.end(), has) && std::none_of(q.not_tags.begin(), q.not_tags.end(), has);
}

bool is_same_set(const std::vector<std::string>& tags, const TagQuery& q) {
  return std::all_of(tags.begin(), tags.end(), [&](const std::string& t) {
    return std::any_of(q.tags.begin(), q.tags.end(), [&](const Text& x) { return x.value == t; });
  });
}

}  // namespace

Library::Library(std::vector<std::string> roots, Sources& sources, Sink& sink, std::string user_presets)
    : roots_(std::move(roots)), user_presets_(std::move(user_presets)), sources_(sources), sink_(sink) {
  for (const std::string& root : roots_) add_root(root);
  std::sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  index_words();
  for (size_t i = 1; i < entries_.size(); ++i)
    if (entries_[i].id == entries_[i - 1].id)
      sink_.error("duplicate-recipe", {}, "two recipes have the id '" + entries_[i].id + "': " + entries_[i - 1].path + " and " + entries_[i].path)
          .with_help("rename one of them");
}

SourceId Library::open(const std::string& path) {
  if (auto it = opened_.find(path); it != opened_.end()) return it->second;
  Result<std::string> text = read_file(path);
  if (!text) sink_.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
  std::string shown = path;
  for (const std::string& root : roots_)
    if (path.starts_with(root + "/")) shown = path.substr(root.size() + 1);
  SourceId id = sources_.add(shown, text ? *text : "");
  files_.push_back(path);
  opened_[path] = id;
  return id;
}

void Library::add_root(const std::string& root) {
  std::error_code ignored;
  if (!fs::is_directory(root + "/recipes", ignored)) {
    sink_.error("no-recipes", {}, "there are no recipes in " + root + "/recipes")
        .with_help("set MLPGEN_HOME to a folder that holds recipes/ and rules/, or check the word after --trust");
    return;
  }
  folders_.push_back(root + "/recipes");
  if (fs::is_directory(root + "/rules", ignored)) folders_.push_back(root + "/rules");
  for (const std::string& category : sorted_folder(root + "/recipes")) {
    if (!fs::is_directory(category, ignored)) continue;
    folders_.push_back(category);
    for (const std::string& folder : sorted_folder(category)) {
      if (std::string path = folder + "/recipe.yaml"; exists(path)) add_recipe(path);
      else if (fs::is_directory(folder, ignored)) folders_.push_back(folder);  // one may appear here
    }
  }
}

void Library::add_recipe(const std::string& path) {
  size_t errors = sink_.errors();
  SourceId source = open(path);
  if (sink_.errors() != errors) return;
  RecipeEntry entry;
  entry.path = path;
  if (!peek(sources_.text(source), entry)) {
    auto recipe = load_recipe(sources_, source, fs::path(path).parent_path(), sink_);
    if (!recipe) return;
    entry.id = recipe->id.value;
    for (const Text& t : recipe->tags) entry.tags.push_back(t.value);
    entry.tag_aliases = recipe->tag_aliases;
    recipes_[entry.id] = std::make_unique<Recipe>(std::move(*recipe));
  }
  entries_.push_back(std::move(entry));
}

const Recipe* Library::recipe(const std::string& id) {
  if (auto it = recipes_.find(id); it != recipes_.end()) return it->second.get();
  auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const auto& e) { return e.id == id; });
  if (entry == entries_.end()) return nullptr;
  auto loaded = load_recipe(sources_, open(entry->path), fs::path(entry->path).parent_path(), sink_);
  auto& slot = recipes_[id];
  if (loaded) slot = std::make_unique<Recipe>(std::move(*loaded));
  return slot.get();
}

void Library::index_words() {
  for (const RecipeEntry& e : entries_) {
    auto add = [&](const std::string& word) {
      std::vector<const RecipeEntry*>& all = by_word_[word];
      if (all.empty() || all.back() != &e) all.push_back(&e);
    };
    add(e.id);
    std::for_each(e.tags.begin(), e.tags.end(), add);
    for (const auto& alias : e.tag_aliases) std::for_each(alias.begin(), alias.end(), add);
  }
}

std::vector<const RecipeEntry*> Library::candidates(const TagQuery& q) const {
  std::vector<const RecipeEntry*> all;
  if (q.tags.empty())
    for (const RecipeEntry& e : entries_) all.push_back(&e);
  const std::vector<const RecipeEntry*>* fewest = q.tags.empty() ? &all : nullptr;
  for (const Text& t : q.tags) {
    auto it = by_word_.find(t.value);
    if (it == by_word_.end()) return {};
    if (!fewest || it->second.size() < fewest->size()) fewest = &it->second;
  }
  return *fewest;
}

std::vector<std::string> Library::select(const TagQuery& q) const {
  std::vector<std::string> found, exact;
  for (const RecipeEntry* candidate : candidates(q)) {
    const RecipeEntry& e = *candidate;
    bool by_id = q.tags.size() == 1 && q.not_tags.empty() && q.tags[0].value == e.id;
    bool by_tags = has_all(e.tags, q) || std::any_of(e.tag_aliases.begin(), e.tag_aliases.end(), [&](const auto& a) { return has_all(a, q); });
    if (by_id) return {e.id};
    if (by_tags) found.push_back(e.id);
    if (std::any_of(e.tag_aliases.begin(), e.tag_aliases.end(), [&](const auto& a) { return has_all(a, q) && is_same_set(a, q); })) exact.push_back(e.id);
  }
  return exact.size() == 1 ? exact : found;  // words that someone declared as they stand name their recipe
}

const StepRule* Library::rule(const Text& name) {
  if (auto it = rules_.find(name.value); it != rules_.end()) return it->second.get();
  auto& slot = rules_[name.value];
  for (const std::string& root : roots_) {
    std::string path = root + "/rules/" + name.value + ".yaml";
    if (!exists(path)) continue;
    if (auto loaded = load_rule(sources_, open(path), sink_)) slot = std::make_unique<StepRule>(std::move(*loaded));
    return slot.get();
  }
  std::vector<std::string> known = rule_names();
  std::string near = did_you_mean(name.value, known);
  sink_.error("unknown-rule", name.span, "there is no rule '" + name.value + "'").with_help(near.empty() ? "rules: " + join(known, ", ") : near);
  return nullptr;
}

void Library::load_preset_files() {
  if (presets_loaded_) return;
  presets_loaded_ = true;
  std::vector<std::pair<std::string, std::string>> files;  // path, where relative paths in it begin
  for (const std::string& root : roots_) files.emplace_back(root + "/recipes/presets.yaml", root);
  if (!user_presets_.empty()) files.emplace_back(user_presets_, fs::path(user_presets_).parent_path().string());
  for (const auto& [path, directory] : files) {
    if (!exists(path)) continue;
    auto loaded = load_presets(sources_, open(path), sink_);
    if (!loaded) continue;
    for (Preset& p : *loaded) {
      p.directory = directory;
      auto twin = std::find_if(presets_.begin(), presets_.end(), [&](const Preset& o) { return o.name.value == p.name.value; });
      if (twin == presets_.end())
        presets_.push_back(std::move(p));
      else
        sink_.error("duplicate-preset", p.name.span, "two presets have the name '" + p.name.value + "'")
            .note(twin->name.span, "the other one")
            .with_help("rename one of them; a preset that `inherits: [" + p.name.value + "]` may change what it sets");
    }
  }
}

const Preset* Library::preset(const Text& name) {
  load_preset_files();
  std::vector<std::string> known;
  for (const Preset& p : presets_) {
    if (p.name.value == name.value) return &p;
    known.push_back(p.name.value);
  }
  std::string near = did_you_mean(name.value, known);
  sink_.error("unknown-preset", name.span, "there is no preset '" + name.value + "'").with_help(near.empty() ? "presets: " + join(known, ", ") : near);
  return nullptr;
}

std::vector<const Preset*> Library::presets() {
  load_preset_files();
  std::vector<const Preset*> all;
  for (const Preset& p : presets_) all.push_back(&p);
  return all;
}

std::vector<std::string> Library::ids() const {
  std::vector<std::string> all;
  for (const RecipeEntry& e : entries_) all.push_back(e.id);
  return all;
}

std::vector<std::string> Library::rule_names() const {
  std::vector<std::string> names;
  for (const std::string& root : roots_)
    for (const fs::path path : sorted_folder(root + "/rules"))
      if (path.extension() == ".yaml") names.push_back(path.stem());
  return names;
}

std::vector<std::string> Library::all_tags() const {
  std::set<std::string> all;
  for (const RecipeEntry& e : entries_) {
    all.insert(e.tags.begin(), e.tags.end());
    for (const auto& alias : e.tag_aliases) all.insert(alias.begin(), alias.end());
  }
  return {all.begin(), all.end()};
}

std::vector<std::string> Library::files_read() const {
  std::vector<std::string> all = files_;
  all.insert(all.end(), folders_.begin(), folders_.end());
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace mlpgen
