// yaml-cpp's events to a tree with places. The only file that includes yaml-cpp.
#include "yaml/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "text/bad_byte.h"
#include "text/url_secret.h"

namespace mlpgen {
namespace {

constexpr size_t kDeepestNesting = 32;

// How many ${NAME:-otherwise} stand in each other at the deepest place.
size_t nesting(std::string_view text) {
  size_t depth = 0, deepest = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "${") deepest = std::max(deepest, ++depth);
    if (text[i] == '}' && depth > 0) --depth;
  }
  return deepest;
}

class Builder : public YAML::EventHandler {
 public:
  Builder(SourceId source, const std::string& text, Sink& sink)
      : source_(source), text_(text), sink_(sink) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    Node n;
    n.span = span(mark, 1);
    // A word that YAML reads as nothing is a text like any other; only an absent value is none.
    std::string_view rest = std::string_view(text_).substr(
        std::min<size_t>(static_cast<size_t>(mark.pos), text_.size()));
    for (std::string_view word : {"~", "null", "Null", "NULL"})
      if (rest.starts_with(word) &&
          rest.substr(word.size()).find_first_not_of(" \t\r\n,]}#:") != 0) {
        n.kind = Node::Kind::kScalar;
        n.text = word;
        n.span = span(mark, word.size());
        break;
      }
    add(std::move(n));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    sink_.error("not-yaml", span(mark, 1), "aliases are not used here")
        .with_help("write the value again: a reader then sees it in its place");
    add(Node{});
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_bad_bytes(mark, value);
    Node n;
    n.kind = Node::Kind::kScalar;
    n.text = value;
    n.quoted = tag == "!";
    n.span = span(mark, value.size() + (n.quoted ? 2 : 0));
    if (nesting(value) > kDeepestNesting)
      sink_
          .error(
              "too-large", span(mark, 1),
              "more than " + std::to_string(kDeepestNesting) + " references ${...} are nested here")
          .with_help("give the inner ones keys of their own");
    refuse_secret(n);
    if (!n.quoted && (value == "~" || value == "null")) n.kind = Node::Kind::kNull;
    add(std::move(n));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, anchor, Node::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, anchor, Node::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    std::optional<Node> key;                         // read, its value not yet
    std::unordered_map<std::string, size_t> places;  // of the keys in a map, in its entries
  };

  Span span(const YAML::Mark& mark, size_t length) const {
    return {source_, static_cast<uint32_t>(mark.pos), static_cast<uint32_t>(length)};
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor)
      sink_.error("not-yaml", span(mark, 1), "anchors are not used here")
          .with_help("remove the '&name'");
  }
  void refuse_secret(const Node& n) {
    if (has_url_secret(n.text))
      sink_
          .error("secret-given", n.span,
                 "this URL has a password or token in it, which would be written to files")
          .with_help(kUrlSecretHelp);
  }
  // The bytes of the file are good, so that an escape ("\x01", "\0") made this one.
  void refuse_bad_bytes(const YAML::Mark& mark, const std::string& value) {
    if (std::optional<BadByte> bad = find_bad_byte(value, LineBreaks::kAllowed))
      sink_.error("not-text", span(mark, 1), "an escape in this text makes " + bad->what)
          .with_help("remove the escape: a value is text");
  }
  void open(const YAML::Mark& mark, YAML::anchor_t anchor, Node::Kind kind) {
    refuse_anchor(mark, anchor);
    Open o;
    o.node.kind = kind;
    o.node.span = span(mark, 1);
    stack_.push_back(std::move(o));
  }
  void close() {
    Node n = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(n));
  }
  void add(Node n) {
    if (stack_.empty()) {
      root_ = std::move(n);
      return;
    }
    Open& top = stack_.back();
    if (top.node.is_list()) {
      top.node.items.push_back(std::move(n));
    } else if (!top.key) {
      top.key = std::move(n);
    } else {
      add_entry(top, std::move(n));
    }
  }
  void add_entry(Open& top, Node value) {
    Node key = std::move(*top.key);
    top.key.reset();
    if (key.is_null()) key.kind = Node::Kind::kScalar;
    if (!key.is_scalar()) sink_.error("wrong-type", key.span, "a key is a word");
    auto [place, first] =
        top.places.emplace(key.is_scalar() ? key.text : "", top.node.entries.size());
    if (key.is_scalar() && !first) {
      sink_.error("duplicate-key", key.span, "'" + key.text + "' appears twice")
          .note(top.node.entries[place->second].first.span, "it was first set here")
          .with_help("remove one of them");
      return;
    }
    top.node.entries.emplace_back(std::move(key), std::move(value));
  }

  SourceId source_;
  const std::string& text_;
  Sink& sink_;
  std::vector<Open> stack_;
  Node root_;
};

bool check_bytes(const std::string& text, SourceId source, Sink& sink) {
  std::optional<BadByte> bad = find_bad_byte(text, LineBreaks::kAllowed);
  if (bad)
    sink.error("not-text",
               {source, static_cast<uint32_t>(bad->at), static_cast<uint32_t>(bad->length)},
               "this file is not text: it has " + bad->what)
        .with_help(
            "it may be damaged or compressed: restore it, for example with `git checkout -- FILE`");
  return !bad;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& [k, v] : entries)
    if (k.text == key) return &v;
  return nullptr;
}

std::optional<Node> parse_yaml(const std::string& text, SourceId source, Sink& sink) {
  size_t before = sink.errors();
  if (!check_bytes(text, source, sink)) return std::nullopt;
  Builder builder(source, text, sink);
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) {
      sink.error("not-yaml", {source, 0, 0}, "this file is empty")
          .with_help("every file begins with `format: 1`; docs/language.md describes the rest");
      return std::nullopt;
    }
    Builder rest(source, text, sink);
    if (parser.HandleNextDocument(rest))
      sink.error("not-yaml", {source, 0, 0}, "this file holds several YAML documents")
          .with_help("keep one document in a file");
  } catch (const YAML::Exception& e) {
    auto at = static_cast<uint32_t>(e.mark.pos < 0 ? 0 : e.mark.pos);
    at = std::min(at, static_cast<uint32_t>(text.size()));
    sink.error("not-yaml", {source, at, 1}, "reading stopped here: " + e.msg)
        .with_help(
            "look at this line and the one before it: a missing bracket, quote or colon, or the "
            "file ends too early");
  }
  if (sink.errors() != before) return std::nullopt;
  return builder.take();
}

}  // namespace mlpgen
