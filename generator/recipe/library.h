// All recipes, rules and presets of an installation: found by id or by tags, read when first asked
// for.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "file/file.h"
#include "recipe/rule.h"

namespace mlpgen {

class YamlAhead;
struct Node;

// What the index knows of a recipe before its file is read whole.
struct RecipeEntry {
  std::string id;
  std::string path;  // of recipe.yaml
  std::vector<std::string> tags;
  std::vector<std::vector<std::string>> tag_aliases;
};

class Library {
 public:
  // `roots` are folders that hold recipes/ and rules/ (the installation first, then --trust
  // folders). Reports `no-recipes` where a root has no recipes/ folder. `user_presets`: a file of
  // the user's own presets, or "".
  Library(std::vector<std::string> roots, Sources& sources, Sink& sink,
          std::string user_presets = "");
  ~Library();

  const std::vector<RecipeEntry>& entries() const { return entries_; }  // sorted by id
  // The recipe of that id; absent or with errors (which are reported once): nullptr.
  const Recipe* recipe(const std::string& id);
  // Ids of all recipes that `tags` select.
  std::vector<std::string> select(const TagQuery& tags) const;
  const StepRule* rule(const Text& name);  // reports `unknown-rule`
  // What will probably be asked for: its files are parsed by a second thread. All that is reported
  // is reported when it is.
  void expect(const std::string& id);
  void expect_rule(const std::string& name);
  const Preset* preset(const Text& name);  // reports `unknown-preset`
  std::vector<const Preset*> presets();

  std::vector<std::string> ids() const;
  std::vector<std::string> rule_names() const;  // of all roots, sorted, each once
  std::vector<std::string> all_tags() const;
  // Every file and folder that was read: build.ninja depends on them.
  std::vector<std::string> files_read() const;
  // Reads a file of the installation once; reports `unreadable-file`.
  SourceId open(const std::string& path);
  // What a folder holds, sorted; reports `unreadable-file`.
  std::vector<std::string> paths_in(const std::string& folder) const;
  const std::string& root() const { return roots_.front(); }
  Sources& sources() { return sources_; }
  Sink& sink() { return sink_; }

 private:
  void add_root(const std::string& root);
  PathKind kind_of(const std::string& path) const;  // reports `unreadable-file`
  void add_recipe(const std::string& path);
  const RecipeEntry* entry(const std::string& id) const;  // absent: nullptr
  void expect_file(const std::string& path);
  std::optional<Node> tree_of(SourceId source);
  std::string rule_path(const std::string& name) const;  // absent: ""
  void index_words();
  // Those that have the rarest of the words; all where there is none.
  std::vector<const RecipeEntry*> candidates(const TagQuery& q) const;
  void load_preset_files();

  std::vector<std::string> roots_;
  std::string user_presets_;
  Sources& sources_;
  Sink& sink_;
  std::vector<RecipeEntry> entries_;
  // A word -> the entries, in their order, that have it as their id, as a tag or in an alias.
  std::unordered_map<std::string_view, std::vector<const RecipeEntry*>> by_word_;
  std::map<std::string, SourceId> opened_;  // by path
  std::set<SourceId> unreadable_;           // of these
  std::map<std::string, std::unique_ptr<Recipe>> recipes_;
  std::map<std::string, std::unique_ptr<StepRule>> rules_;
  std::set<std::string> expected_rules_;
  std::vector<Preset> presets_;
  bool presets_loaded_ = false;
  std::unique_ptr<YamlAhead> ahead_;
  std::vector<std::string> folders_;
  std::vector<std::string> files_;
};

}  // namespace mlpgen
