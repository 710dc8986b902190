// Typed, strict reading of a map: every key that is not asked for is an error with a suggestion.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "recipe/recipe.h"
#include "yaml/yaml.h"

namespace mlpgen {

class MapReader {
 public:
  // `what` is the thing in the user's words: "a recipe", "a dep". A node that is no map is
  // reported.
  MapReader(const Node& node, std::string what, Sink& sink);

  const Node* take(const std::string& key);  // absent: nullptr
  const Node* map(const std::string& key);   // the same for a map, or `wrong-type`
  const Node* list(const std::string& key);  // the same for a list
  std::optional<Text> text(const std::string& key);
  Text required(const std::string& key);  // reports `missing-key`
  bool flag(const std::string& key, bool otherwise);
  int integer(const std::string& key, int otherwise);
  std::vector<Text> texts(
      const std::string& key);  // a list of words; one word stands for a list of one
  std::vector<TemplateText> templates(const std::string& key);
  EnvMap env(const std::string& key);
  Conditions conditions();
  std::vector<KeyTest> tests(const std::string& key);  // `KEY: [words]` under that key
  void finish();  // reports `unknown-key` for what was not taken

  const Node& node() const { return node_; }
  Sink& sink() { return sink_; }

 private:
  const Node& node_;
  std::string what_;
  Sink& sink_;
  std::set<std::string> known_;
};

std::vector<Text> read_texts(const Node& node, const std::string& what, Sink& sink);
std::vector<TemplateText> read_templates(const Node& node, const std::string& what, Sink& sink);
std::optional<Text> read_text(const Node& node, const std::string& what, Sink& sink);
EnvMap read_env(const Node& node, Sink& sink);
KeyType read_type(const Text& word, Sink& sink);
// Reports `wrong-format` unless the file begins with `format: 1`.
void check_format(MapReader& reader);

}  // namespace mlpgen
