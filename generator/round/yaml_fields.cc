// Nodes -> values.
#include "round/yaml_fields.h"

#include <algorithm>
#include <charconv>

#include "text/closest.h"

namespace mlpgen::round_file {
namespace {

std::string kind_of(const Node& node) {
  if (node.is_map()) return "a map";
  if (node.is_list()) return "a list";
  if (node.is_null()) return "empty";
  return "'" + node.text + "'";
}

void wrong_type(const PlacedText& text, const Node& node, std::string_view wanted) {
  text.sink.error("wrong-type", text.span(node),
                  "this must be " + std::string(wanted) + ", not " + kind_of(node));
}

template <class T>
std::optional<T> read_digits(const PlacedText& text, const Node& node, std::string_view wanted) {
  if (node.is_scalar()) {
    const std::string& s = node.text;
    T value{};
    auto [end, why] = std::from_chars(s.data(), s.data() + s.size(), value);
    if (why == std::errc{} && end == s.data() + s.size() && !s.empty()) return value;
  }
  wrong_type(text, node, wanted);
  return std::nullopt;
}

}  // namespace

std::optional<Node> parse(const PlacedText& text) {
  std::optional<Node> node = parse_yaml(text.sources, text.source, text.sink);
  if (!node || node->is_map()) return node;
  text.sink.error("wrong-type", node->span,
                  "a round file must be a map of keys, not " + kind_of(*node));
  return std::nullopt;
}

Fields::Fields(const PlacedText& text, const Node& map, std::string name)
    : text_(text), name_(std::move(name)), span_(text.span(map)) {
  if (!map.is_map()) {
    wrong_type(text, map, name_ + " as a map of keys");
    return;
  }
  usable_ = true;
  for (const auto& [key, value] : map.entries) {
    if (key.is_scalar())
      entries_.push_back({key.text, key.span, &value});
    else
      wrong_type(text, key, "a plain word as the key");
  }
}

const Fields::Entry* Fields::find(std::string_view key) const {
  auto at =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.key == key; });
  return at == entries_.end() ? nullptr : &*at;
}

const Node* Fields::take(const std::string& key) {
  asked_.push_back(key);
  const Entry* entry = find(key);
  return entry ? entry->value : nullptr;
}

const Node* Fields::need(const std::string& key) {
  const Node* value = take(key);
  if (!value && usable_)
    text_.sink.error("missing-key", span_, name_ + " has no '" + key + "'")
        .with_help("add the line `" + key + ": ...`; the other rounds' files show it");
  return value;
}

void Fields::finish() {
  for (const Entry& e : entries_)
    if (std::find(asked_.begin(), asked_.end(), e.key) == asked_.end())
      text_.sink
          .error("unknown-key", e.span,
                 name_ + " has no key '" + e.key + "'." + did_you_mean(e.key, asked_))
          .with_help("its keys are " + [this] {
            std::string all;
            for (const std::string& k : asked_) all += (all.empty() ? "" : ", ") + k;
            return all;
          }());
}

std::optional<std::string> read_text(const PlacedText& text, const Node& node) {
  if (node.is_scalar() && !node.text.empty()) return node.text;
  wrong_type(text, node, "a word");
  return std::nullopt;
}

std::optional<uint64_t> read_count(const PlacedText& text, const Node& node) {
  return read_digits<uint64_t>(text, node, "a whole number");
}

std::optional<double> read_number(const PlacedText& text, const Node& node) {
  return read_digits<double>(text, node, "a number");
}

std::optional<bool> read_flag(const PlacedText& text, const Node& node) {
  if (node.is_scalar() && (node.text == "true" || node.text == "false")) return node.text == "true";
  wrong_type(text, node, "true or false");
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_list(const PlacedText& text, const Node& node) {
  if (!node.is_list()) {
    wrong_type(text, node, "a list");
    return std::nullopt;
  }
  std::vector<std::string> out;
  for (const Node& item : node.items)
    if (std::optional<std::string> word = read_text(text, item)) out.push_back(*word);
  return out;
}

void check_format(const PlacedText& text, Fields& fields) {
  const Node* node = fields.need("format");
  if (!node) return;
  std::optional<uint64_t> format = read_count(text, *node);
  if (format && *format != 1)
    text.sink
        .error("newer-format", text.span(*node),
               "this file has format " + std::to_string(*format) + "; this mlpgen reads format 1")
        .with_help("use a newer mlpgen");
}

}  // namespace mlpgen::round_file
