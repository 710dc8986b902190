// A YAML text as a tree in which every key and value knows its place. All scalars are strings.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace mlpgen {

struct Node {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  Span span;         // of a scalar: its text; of a list or map: its first character
  std::string text;  // of a scalar
  bool quoted = false;
  std::vector<Node> items;                     // of a list
  std::vector<std::pair<Node, Node>> entries;  // of a map, in the order of the text

  bool is_null() const { return kind == Kind::kNull; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_map() const { return kind == Kind::kMap; }
  const Node* find(std::string_view key) const;  // in a map; absent: nullptr
};

// Reports `not-yaml` (with the place where reading stopped), `duplicate-key`, `not-text` (binary
// bytes); anchors, aliases and several documents in one file are refused. Nothing is returned after
// an error.
std::optional<Node> parse_yaml(const std::string& text, SourceId source, Sink& sink);
inline std::optional<Node> parse_yaml(const Sources& sources, SourceId source, Sink& sink) {
  return parse_yaml(sources.text(source), source, sink);
}

}  // namespace mlpgen
