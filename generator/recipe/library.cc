// The index of recipes. A recipe's first lines give its id and tags, so that only what a request
// reaches is parsed.
#include "recipe/library.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "file/file.h"
#include "recipe/load/load.h"
#include "recipe/load/peek.h"
#include "recipe/tags.h"
#include "text/closest.h"
#include "text/text.h"
#include "yaml/ahead.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

bool has_all(const std::vector<std::string>& tags, const TagQuery& q) {
  auto has = [&](const Text& t) {
    return std::find(tags.begin(), tags.end(), t.value) != tags.end();
  };
  return std::all_of(q.tags.begin(), q.tags.end(), has) &&
         std::none_of(q.not_tags.begin(), q.not_tags.end(), has);
}

bool is_same_set(const std::vector<std::string>& tags, const TagQuery& q) {
  return std::all_of(tags.begin(), tags.end(), [&](const std::string& t) {
    return std::any_of(q.tags.begin(), q.tags.end(), [&](const Text& x) { return x.value == t; });
  });
}

}  // namespace

Library::Library(std::vector<std::string> roots, Sources& sources, Sink& sink,
                 std::string user_presets)
    : roots_(std::move(roots)),
      user_presets_(std::move(user_presets)),
      sources_(sources),
      sink_(sink),
      ahead_(std::make_unique<YamlAhead>()) {
  for (const std::string& root : roots_) add_root(root);
  std::sort(entries_.begin(), entries_.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  index_words();
  for (size_t i = 1; i < entries_.size(); ++i)
    if (entries_[i].id == entries_[i - 1].id)
      sink_
          .error("duplicate-recipe", {},
                 "two recipes have the id '" + entries_[i].id + "': " + entries_[i - 1].path +
                     " and " + entries_[i].path)
          .with_help("rename one of them");
}

Library::~Library() = default;

SourceId Library::open(const std::string& path) {
  if (auto it = opened_.find(path); it != opened_.end()) return it->second;
  Result<std::string> text = read_file(path);
  if (!text) sink_.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
  std::string shown = path;
  for (const std::string& root : roots_)
    if (path.starts_with(root + "/")) shown = path.substr(root.size() + 1);
  SourceId id = sources_.add(shown, text ? *text : "");
  if (!text) unreadable_.insert(id);
  files_.push_back(path);
  opened_[path] = id;
  return id;
}

PathKind Library::kind_of(const std::string& path) const {
  Result<PathKind> kind = look_at(path);
  if (kind) return *kind;
  sink_.error("unreadable-file", {}, kind.error().message).with_help(kind.error().help);
  return PathKind::kNothing;
}

std::vector<std::string> Library::paths_in(const std::string& folder) const {
  Result<std::vector<std::string>> names = folder_names(folder);
  if (!names) {
    sink_.error("unreadable-file", {}, names.error().message).with_help(names.error().help);
    return {};
  }
  for (std::string& name : *names) name = folder + "/" + name;
  return std::move(*names);
}

void Library::add_root(const std::string& root) {
  size_t errors = sink_.errors();
  if (kind_of(root + "/recipes") != PathKind::kFolder) {
    if (sink_.errors() != errors) return;
    sink_.error("no-recipes", {}, "there are no recipes in " + root + "/recipes")
        .with_help(
            "set MLPGEN_HOME to a folder that holds recipes/ and rules/, or check the word after "
            "--trust");
    return;
  }
  folders_.push_back(root + "/recipes");
  if (kind_of(root + "/rules") == PathKind::kFolder) folders_.push_back(root + "/rules");
  for (const std::string& category : paths_in(root + "/recipes")) {
    if (kind_of(category) != PathKind::kFolder) continue;
    folders_.push_back(category);
    for (const std::string& folder : paths_in(category)) {
      if (std::string path = folder + "/recipe.yaml"; may_be_there(path))
        add_recipe(path);
      else if (kind_of(folder) == PathKind::kFolder)
        folders_.push_back(folder);  // one may appear here
    }
  }
}

void Library::add_recipe(const std::string& path) {
  size_t errors = sink_.errors();
  SourceId source = open(path);
  if (sink_.errors() != errors) return;
  RecipeEntry entry;
  entry.path = path;
  if (!peek_entry(sources_.text(source), entry)) {
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
  const RecipeEntry* e = entry(id);
  if (!e) return nullptr;
  SourceId source = open(e->path);
  std::optional<Node> root = tree_of(source);
  auto loaded =
      root ? load_recipe(*root, source, fs::path(e->path).parent_path(), sink_) : std::nullopt;
  auto& slot = recipes_[id];
  if (loaded) slot = std::make_unique<Recipe>(std::move(*loaded));
  return slot.get();
}

const RecipeEntry* Library::entry(const std::string& id) const {
  auto e = std::lower_bound(
      entries_.begin(), entries_.end(), id,
      [](const RecipeEntry& x, const std::string& wanted) { return x.id < wanted; });
  return e == entries_.end() || e->id != id ? nullptr : &*e;
}

void Library::expect(const std::string& id) {
  const RecipeEntry* e = recipes_.count(id) ? nullptr : entry(id);
  if (e) expect_file(e->path);
}

void Library::expect_file(const std::string& path) {
  SourceId source = open(path);
  ahead_->expect(source, sources_.text(source));
}

std::optional<Node> Library::tree_of(SourceId source) {
  if (unreadable_.count(source)) return std::nullopt;  // reported when it was opened
  return ahead_->take(source, sources_.text(source), sink_);
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
    bool by_tags = has_all(e.tags, q) || std::any_of(e.tag_aliases.begin(), e.tag_aliases.end(),
                                                     [&](const auto& a) { return has_all(a, q); });
    if (by_id) return {e.id};
    if (by_tags) found.push_back(e.id);
    if (std::any_of(e.tag_aliases.begin(), e.tag_aliases.end(),
                    [&](const auto& a) { return has_all(a, q) && is_same_set(a, q); }))
      exact.push_back(e.id);
  }
  return exact.size() == 1 ? exact
                           : found;  // words that someone declared as they stand name their recipe
}

const StepRule* Library::rule(const Text& name) {
  if (auto it = rules_.find(name.value); it != rules_.end()) return it->second.get();
  auto& slot = rules_[name.value];
  if (std::string path = rule_path(name.value); !path.empty()) {
    SourceId source = open(path);
    std::optional<Node> root = tree_of(source);
    size_t errors = sink_.errors();
    auto loaded = root ? load_rule(*root, source, sink_) : std::nullopt;
    if (loaded) check_tool(*loaded, sources_.text(source), sink_);
    if (loaded && sink_.errors() == errors) slot = std::make_unique<StepRule>(std::move(*loaded));
    return slot.get();
  }
  std::vector<std::string> known = rule_names();
  std::string near = did_you_mean(name.value, known);
  sink_.error("unknown-rule", name.span, "there is no rule '" + name.value + "'")
      .with_help(near.empty() ? "rules: " + join(known, ", ") : near);
  return nullptr;
}

std::string Library::rule_path(const std::string& name) const {
  for (const std::string& root : roots_)
    if (std::string path = root + "/rules/" + name + ".yaml"; may_be_there(path)) return path;
  return "";
}

void Library::expect_rule(const std::string& name) {
  if (rules_.count(name) || !expected_rules_.insert(name).second) return;
  if (std::string path = rule_path(name); !path.empty()) expect_file(path);
}

void Library::load_preset_files() {
  if (presets_loaded_) return;
  presets_loaded_ = true;
  std::vector<std::pair<std::string, std::string>> files;  // path, where relative paths in it begin
  for (const std::string& root : roots_) files.emplace_back(root + "/recipes/presets.yaml", root);
  if (!user_presets_.empty())
    files.emplace_back(user_presets_, fs::path(user_presets_).parent_path().string());
  for (const auto& [path, directory] : files) {
    if (!may_be_there(path)) continue;
    SourceId source = open(path);
    auto loaded = unreadable_.count(source) ? std::nullopt : load_presets(sources_, source, sink_);
    if (!loaded) continue;
    for (Preset& p : *loaded) {
      p.directory = directory;
      auto twin = std::find_if(presets_.begin(), presets_.end(),
                               [&](const Preset& o) { return o.name.value == p.name.value; });
      if (twin == presets_.end())
        presets_.push_back(std::move(p));
      else
        sink_
            .error("duplicate-preset", p.name.span,
                   "two presets have the name '" + p.name.value + "'")
            .note(twin->name.span, "the other one")
            .with_help("rename one of them; a preset that `inherits: [" + p.name.value +
                       "]` may change what it sets");
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
  sink_.error("unknown-preset", name.span, "there is no preset '" + name.value + "'")
      .with_help(near.empty() ? "presets: " + join(known, ", ") : near);
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
  std::set<std::string> names;  // an earlier root's rule hides a later one's of the same name
  for (const std::string& root : roots_)
    for (const fs::path path : paths_in(root + "/rules"))
      if (path.extension() == ".yaml") names.insert(path.stem());
  return {names.begin(), names.end()};
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
