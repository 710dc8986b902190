// yaml-cpp's nodes -> values with places; its exceptions end here.
#include "round/yaml_fields.h"

#include <algorithm>
#include <charconv>

#include "base/closest.h"

namespace mlpgen::round_file {
namespace {

std::string kind_of(const YAML::Node& node) {
  if (node.IsMap()) return "a map";
  if (node.IsSequence()) return "a list";
  if (node.IsNull()) return "empty";
  return "'" + node.Scalar() + "'";
}

void wrong_type(const PlacedText& text, const YAML::Node& node, std::string_view wanted) {
  text.sink.error("wrong-type", text.span(node),
                  "this must be " + std::string(wanted) + ", not " + kind_of(node));
}

template <class T>
std::optional<T> read_digits(const PlacedText& text, const YAML::Node& node,
                             std::string_view wanted) {
  if (node.IsScalar()) {
    const std::string& s = node.Scalar();
    T value{};
    auto [end, why] = std::from_chars(s.data(), s.data() + s.size(), value);
    if (why == std::errc{} && end == s.data() + s.size() && !s.empty()) return value;
  }
  wrong_type(text, node, wanted);
  return std::nullopt;
}

}  // namespace

Span PlacedText::span(const YAML::Node& node) const {
  YAML::Mark mark = node.Mark();
  if (mark.is_null()) return {source, 0, 1};
  size_t size = sources.text(source).size();
  auto offset = static_cast<uint32_t>(std::min<size_t>(static_cast<size_t>(mark.pos), size));
  size_t length = node.IsScalar() ? std::max<size_t>(node.Scalar().size(), 1) : 1;
  return {source, offset, static_cast<uint32_t>(std::min(length, size - offset))};
}

std::optional<YAML::Node> parse(const PlacedText& text) {
  try {
    YAML::Node node = YAML::Load(text.sources.text(text.source));
    if (node.IsMap()) return node;
    text.sink.error("wrong-type", {text.source, 0, 1},
                    "a round file must be a map of keys, not " + kind_of(node));
  } catch (const YAML::Exception& e) {
    size_t size = text.sources.text(text.source).size();
    size_t at = e.mark.is_null() ? 0 : static_cast<size_t>(e.mark.pos);
    text.sink.error("not-yaml", {text.source, static_cast<uint32_t>(std::min(at, size)), 1},
                    "this is not YAML from here on: " + e.msg);
  }
  return std::nullopt;
}

Fields::Fields(const PlacedText& text, const YAML::Node& map, std::string name)
    : text_(text), name_(std::move(name)), span_(text.span(map)) {
  if (!map.IsMap()) {
    wrong_type(text, map, name_ + " as a map of keys");
    return;
  }
  usable_ = true;
  for (const auto& pair : map) {
    if (!pair.first.IsScalar()) {
      wrong_type(text, pair.first, "a plain word as the key");
      continue;
    }
    Entry entry{pair.first.Scalar(), text.span(pair.first), pair.second};
    if (const Entry* first = find(entry.key))
      text.sink.error("duplicate-key", entry.span, "'" + entry.key + "' stands twice in " + name_)
          .note(first->span, "it was first written here")
          .with_help("drop one of the two");
    else
      entries_.push_back(std::move(entry));
  }
}

const Fields::Entry* Fields::find(std::string_view key) const {
  auto at =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.key == key; });
  return at == entries_.end() ? nullptr : &*at;
}

std::optional<YAML::Node> Fields::take(const std::string& key) {
  asked_.push_back(key);
  const Entry* entry = find(key);
  if (!entry) return std::nullopt;
  return entry->value;
}

std::optional<YAML::Node> Fields::need(const std::string& key) {
  std::optional<YAML::Node> value = take(key);
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

std::optional<std::string> read_text(const PlacedText& text, const YAML::Node& node) {
  if (node.IsScalar() && !node.Scalar().empty()) return node.Scalar();
  wrong_type(text, node, "a word");
  return std::nullopt;
}

std::optional<uint64_t> read_count(const PlacedText& text, const YAML::Node& node) {
  return read_digits<uint64_t>(text, node, "a whole number");
}

std::optional<double> read_number(const PlacedText& text, const YAML::Node& node) {
  return read_digits<double>(text, node, "a number");
}

std::optional<bool> read_flag(const PlacedText& text, const YAML::Node& node) {
  if (node.IsScalar() && (node.Scalar() == "true" || node.Scalar() == "false"))
    return node.Scalar() == "true";
  wrong_type(text, node, "true or false");
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_list(const PlacedText& text, const YAML::Node& node) {
  if (!node.IsSequence()) {
    wrong_type(text, node, "a list");
    return std::nullopt;
  }
  std::vector<std::string> out;
  for (const YAML::Node& item : node)
    if (std::optional<std::string> word = read_text(text, item)) out.push_back(*word);
  return out;
}

}  // namespace mlpgen::round_file
