// A YAML map read key by key: places of values, unknown and duplicate keys, wrong types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/yaml.h"

namespace mlpgen::round_file {

// The source that is being read and where its mistakes go.
struct PlacedText {
  const Sources& sources;
  SourceId source;
  Sink& sink;

  Span span(const Node& node) const { return node.span; }
};

// Parses the whole text; reports not-yaml and returns nothing when it is not one YAML map.
std::optional<Node> parse(const PlacedText& text);

// One map. Each key that is asked for counts as known; finish() reports the others.
class Fields {
 public:
  Fields(const PlacedText& text, const Node& map, std::string name);

  bool usable() const { return usable_; }
  bool has(std::string_view key) const { return find(key) != nullptr; }
  // The value of a key that must be there: missing-key and nullptr when it is not.
  const Node* need(const std::string& key);
  const Node* take(const std::string& key);
  // Reports every key that nobody asked for.
  void finish();

  struct Entry {
    std::string key;
    Span span;  // of the key
    const Node* value = nullptr;
  };
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  const Entry* find(std::string_view key) const;

  const PlacedText& text_;
  std::string name_;  // what this map is, for messages: "round file", "model 'retinanet'"
  Span span_;
  bool usable_ = false;
  std::vector<Entry> entries_;
  std::vector<std::string> asked_;
};

// Takes `format`; reports newer-format for a file that a later mlpgen wrote.
void check_format(const PlacedText& text, Fields& fields);

// Each reports wrong-type and returns nothing when the node is something else.
std::optional<std::string> read_text(const PlacedText& text, const Node& node);
std::optional<uint64_t> read_count(const PlacedText& text, const Node& node);  // 0 or more
std::optional<double> read_number(const PlacedText& text, const Node& node);
std::optional<bool> read_flag(const PlacedText& text, const Node& node);  // true or false
std::optional<std::vector<std::string>> read_list(const PlacedText& text, const Node& node);

}  // namespace mlpgen::round_file
