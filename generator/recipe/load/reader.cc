// Strict reading of YAML maps.
#include "recipe/load/reader.h"

#include <charconv>

#include "recipe/condition.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

const char* kind_word(const Node& n) {
  switch (n.kind) {
    case Node::Kind::kNull:
      return "nothing";
    case Node::Kind::kScalar:
      return "a word";
    case Node::Kind::kList:
      return "a list";
    case Node::Kind::kMap:
      return "a map";
  }
  return "";
}

void wrong_type(const Node& n, const std::string& what, const char* wanted, Sink& sink) {
  sink.error("wrong-type", n.span, what + " is " + wanted + ", and here is " + kind_word(n))
      .with_help(std::string("write ") + wanted +
                 "; docs/language.md lists every key with its type");
}

std::vector<KeyTest> read_tests(const Node& node, const std::string& what, Sink& sink) {
  std::vector<KeyTest> tests;
  if (!node.is_map() || node.entries.empty()) {
    if (node.is_map())
      sink.error("empty-condition", node.span, "'" + what + "' has no key")
          .with_help("remove it, or write `KEY: [words]`");
    else
      wrong_type(node, "'" + what + "'", "a map of KEY: [words]", sink);
    return tests;
  }
  for (const auto& [k, v] : node.entries) {
    KeyTest t;
    t.key = {k.text, k.span};
    if (!v.is_list()) {
      wrong_type(v, "a condition on '" + k.text + "'", "a list of words", sink);
      continue;
    }
    t.words = read_texts(v, "a condition", sink);
    classify(t, sink);
    tests.push_back(std::move(t));
  }
  return tests;
}

}  // namespace

MapReader::MapReader(const Node& node, std::string what, Sink& sink)
    : node_(node), what_(std::move(what)), sink_(sink) {
  if (!node.is_map()) wrong_type(node, what_, "a map", sink);
}

const Node* MapReader::take(const std::string& key) {
  known_.insert(key);
  return node_.find(key);
}

const Node* MapReader::map(const std::string& key) {
  const Node* n = take(key);
  if (!n || n->is_map()) return n;
  wrong_type(*n, "'" + key + "'", "a map", sink_);
  return nullptr;
}

const Node* MapReader::list(const std::string& key) {
  const Node* n = take(key);
  if (!n || n->is_list()) return n;
  wrong_type(*n, "'" + key + "'", "a list", sink_);
  return nullptr;
}

std::optional<Text> MapReader::text(const std::string& key) {
  const Node* n = take(key);
  return n ? read_text(*n, "'" + key + "'", sink_) : std::nullopt;
}

Text MapReader::required(const std::string& key) {
  if (const Node* n = take(key))
    return read_text(*n, "'" + key + "'", sink_).value_or(Text{"", n->span});
  sink_.error("missing-key", node_.span, what_ + " needs '" + key + "'")
      .with_help("add `" + key + ": ...`");
  return {"", node_.span};
}

bool MapReader::flag(const std::string& key, bool otherwise) {
  auto t = text(key);
  if (!t) return otherwise;
  if (is_true_word(t->value)) return true;
  if (is_false_word(t->value)) return false;
  sink_.error("wrong-type", t->span, "'" + key + "' is yes or no, and here is '" + t->value + "'")
      .with_help("write true or false");
  return otherwise;
}

int MapReader::integer(const std::string& key, int otherwise) {
  auto t = text(key);
  if (!t) return otherwise;
  int value = otherwise;
  auto [end, why] = std::from_chars(t->value.data(), t->value.data() + t->value.size(), value);
  if (why != std::errc() || end != t->value.data() + t->value.size())
    sink_
        .error("wrong-type", t->span,
               "'" + key + "' is a whole number, and here is '" + t->value + "'")
        .with_help("write digits only");
  return value;
}

std::vector<Text> MapReader::texts(const std::string& key) {
  const Node* n = take(key);
  return n ? read_texts(*n, "'" + key + "'", sink_) : std::vector<Text>{};
}

std::vector<TemplateText> MapReader::templates(const std::string& key) {
  const Node* n = take(key);
  return n ? read_templates(*n, "'" + key + "'", sink_) : std::vector<TemplateText>{};
}

EnvMap MapReader::env(const std::string& key) {
  const Node* n = take(key);
  return n ? read_env(*n, sink_) : EnvMap{};
}

Conditions MapReader::conditions() {
  Conditions c;
  c.enable_all = tests("enable_if_env");
  c.enable_any = tests("enable_if_any_env");
  c.skip_all = tests("skip_if_env");
  c.skip_any = tests("skip_if_any_env");
  return c;
}

std::vector<KeyTest> MapReader::tests(const std::string& key) {
  const Node* n = take(key);
  return n ? read_tests(*n, key, sink_) : std::vector<KeyTest>{};
}

void MapReader::finish() {
  std::vector<std::string> known(known_.begin(), known_.end());
  for (const auto& [k, v] : node_.entries) {
    if (known_.count(k.text)) continue;
    std::string help = did_you_mean(k.text, known);
    sink_.error("unknown-key", k.span, what_ + " has no key '" + k.text + "'")
        .with_help(help.empty() ? "its keys are: " + join(known, ", ") : help);
  }
}

std::optional<Text> read_text(const Node& node, const std::string& what, Sink& sink) {
  if (node.is_scalar()) return Text{node.text, node.span};
  wrong_type(node, what, "a word", sink);
  return std::nullopt;
}

std::vector<Text> read_texts(const Node& node, const std::string& what, Sink& sink) {
  std::vector<Text> out;
  if (node.is_scalar()) return {{node.text, node.span}};
  if (!node.is_list()) {
    wrong_type(node, what, "a list of words", sink);
    return out;
  }
  for (const Node& item : node.items)
    if (auto t = read_text(item, "an item of " + what, sink)) out.push_back(*t);
  return out;
}

std::vector<TemplateText> read_templates(const Node& node, const std::string& what, Sink& sink) {
  std::vector<Text> texts = read_texts(node, what, sink);
  return {texts.begin(), texts.end()};
}

EnvMap read_env(const Node& node, Sink& sink) {
  EnvMap env;
  if (!node.is_map()) {
    wrong_type(node, "an env", "a map of KEY: value", sink);
    return env;
  }
  for (const auto& [k, v] : node.entries) {
    EnvEntry e;
    e.key = {k.text, k.span};
    e.is_list = v.is_list() || k.text.starts_with('+');
    if (v.is_null())
      e.values = {Text{"", v.span}};
    else
      e.values = read_templates(v, "the value of '" + k.text + "'", sink);
    if (v.is_list() && !k.text.starts_with('+'))
      sink.error("wrong-type", v.span, "'" + k.text + "' is one value, and here is a list")
          .with_help("keys that hold a list begin with '+'");
    env.push_back(std::move(e));
  }
  return env;
}

KeyType read_type(const Text& word, Sink& sink) {
  static const std::pair<const char*, KeyType> kTypes[] = {
      {"string", KeyType::kString}, {"bool", KeyType::kBool},    {"int", KeyType::kInt},
      {"number", KeyType::kNumber}, {"path", KeyType::kPath},    {"name", KeyType::kName},
      {"list", KeyType::kList},     {"secret", KeyType::kSecret}};
  std::vector<std::string> words;
  for (const auto& [w, t] : kTypes) {
    if (word.value == w) return t;
    words.push_back(w);
  }
  sink.error("wrong-type", word.span, "there is no type '" + word.value + "'")
      .with_help("types: " + join(words, ", "));
  return KeyType::kString;
}

const char* to_word(KeyType type) {
  static const char* kWords[] = {"string", "bool", "int",  "number",
                                 "path",   "name", "list", "secret"};
  return kWords[static_cast<int>(type)];
}

void check_format(MapReader& reader) {
  Text format = reader.required("format");
  bool newer =
      !format.value.empty() && format.value.find_first_not_of("0123456789") == std::string::npos;
  if (!format.value.empty() && format.value != "1")
    reader.sink()
        .error(newer ? "newer-format" : "wrong-format", format.span,
               "this file has format " + format.value + "; this mlpgen reads format 1")
        .with_help(newer ? "use a newer mlpgen: `mlpgen --version` prints which one this is"
                         : "write `format: 1`");
}

}  // namespace mlpgen
