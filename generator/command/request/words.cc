// The command line as a source, so that a diagnostic can point into it.
#include "command/request/words.h"

#include "recipe/tags.h"
#include "text/bad_byte.h"
#include "text/closest.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen {
namespace {

struct LineWord {
  std::string_view text;
  Span span;
  Span part(size_t begin, size_t length) const {
    return {span.source, span.offset + static_cast<uint32_t>(begin), static_cast<uint32_t>(length)};
  }
};

// Each word is an override of its own, so that a later one beats an earlier one.
Override& add_override_of(Request& r, const std::string& handle, Span at) {
  r.overrides.push_back({{handle, at}, {}, {}, std::nullopt, {}});
  return r.overrides.back();
}

// --adr.NAME.FIELD=value; NAME may hold dots and dashes, FIELD is the last part (or env.KEY).
void add_override(Request& r, const LineWord& w, std::string_view path, const Text& value,
                  Sink& sink) {
  static const std::vector<std::string> kFields = {"tags",        "version", "version_min",
                                                   "version_max", "name",    "env"};
  std::string_view rest = path;
  std::string key;
  if (size_t env = rest.find(".env."); env != std::string_view::npos) {
    key = rest.substr(env + 5);
    rest = rest.substr(0, env);
    add_override_of(r, std::string(rest), w.part(6, rest.size()))
        .env.push_back({{key, w.part(6 + env + 5, key.size())},
                        {TemplateText::plain(value)},
                        key.starts_with('+')});
    return;
  }
  size_t dot = rest.rfind('.');
  std::string field(dot == std::string_view::npos ? "" : rest.substr(dot + 1));
  std::string handle(rest.substr(0, dot));
  Override& o = add_override_of(r, handle, w.part(6, handle.size()));
  if (field == "tags") {
    o.tags = parse_tags(value.value, value.span, sink);
  } else if (field == "version") {
    o.version.exact = value;
  } else if (field == "version_min") {
    o.version.min = value;
  } else if (field == "version_max") {
    o.version.max = value;
  } else if (field == "name") {
    o.name = value;
  } else {
    std::string near = did_you_mean(field, kFields);
    sink.error("wrong-word", w.span, "--adr has no field '" + field + "'")
        .with_help(near.empty() ? "write --adr.NAME.tags=, .version=, .version_min=, "
                                  ".version_max=, .name= or .env.KEY="
                                : near);
  }
}

// What has no value of its own to fall back on.
bool needs_value(std::string_view name) {
  return name.starts_with("adr.") || name == "preset" || name == "version" ||
         name == "version_min" || name == "version_max";
}

void add_dashed(Request& r, const LineWord& w, Sink& sink) {
  size_t eq = w.text.find('=');
  std::string_view name = w.text.substr(2, eq == std::string_view::npos ? eq : eq - 2);
  Text value{"yes", w.span};
  if (eq != std::string_view::npos)
    value = {std::string(w.text.substr(eq + 1)), w.part(eq + 1, w.text.size() - eq - 1)};
  if (eq == std::string_view::npos && needs_value(name)) {
    sink.error("missing-value", w.span, "--" + std::string(name) + " needs a value")
        .with_help("write --" + std::string(name) + "=VALUE, as one word");
  } else if (name.starts_with("adr.")) {
    add_override(r, w, name.substr(4), value, sink);
  } else if (name.starts_with("env.")) {
    std::string key(name.substr(4));
    r.env.push_back(
        {{key, w.part(6, key.size())}, {TemplateText::plain(value)}, key.starts_with('+')});
  } else if (name == "preset") {
    r.presets.push_back(value);
  } else if (name == "version") {
    r.version.exact = value;
  } else if (name == "version_min") {
    r.version.min = value;
  } else if (name == "version_max") {
    r.version.max = value;
  } else if (name.empty()) {
    sink.error("wrong-word", w.span, "'" + std::string(w.text) + "' names no flag")
        .with_help("write --FLAG=value");
  } else {
    r.flags.push_back({{std::string(name), w.part(2, name.size())}, value});
  }
}

}  // namespace

std::string shown_word(const std::string& word) {
  size_t equals = word.find('=');
  bool secret =
      equals != std::string::npos && is_secret_name(std::string_view(word).substr(0, equals));
  return secret ? word.substr(0, equals + 1) + std::string(word.size() - equals - 1, '*')
                : without_secrets(word);
}

Request parse_request(const std::vector<std::string>& words, Sources& sources, Sink& sink) {
  std::vector<std::string> shown;
  for (const std::string& word : words) shown.push_back(shown_word(word));
  SourceId id = sources.add("command line", join(shown, " "));
  Request r;
  uint32_t at = 0;
  std::optional<Text> flag;  // the word before, a flag without '='
  for (const std::string& word : words) {
    LineWord w{word, {id, at, static_cast<uint32_t>(word.size())}};
    at += static_cast<uint32_t>(word.size()) + 1;
    if (std::optional<BadByte> bad = find_bad_byte(word)) {
      sink.error("not-text", w.part(bad->at, bad->length), "a word of the request has " + bad->what)
          .with_help("a value is one line of UTF-8: write it without that byte");
      continue;
    }
    if (has_url_secret(word))
      sink.error("secret-given", w.span,
                 "this argument has a password or token in a URL, which would be written to files")
          .with_help(kUrlSecretHelp);
    if (word.starts_with("--")) {
      add_dashed(r, w, sink);
      flag = word.find('=') == std::string::npos
                 ? std::optional<Text>({word.substr(2), w.part(2, word.size() - 2)})
                 : std::nullopt;
      continue;
    }
    if (flag && !word.starts_with('_') && !word.starts_with('-'))
      r.loose.emplace_back(*flag, Text{word, w.span});
    flag.reset();
    if (!r.root_span.known()) r.root_span = w.span;
    append(r.root, parse_tags(word, w.span, sink));
  }
  if (!r.root_span.known()) r.root_span = {id, 0, 0};
  return r;
}

}  // namespace mlpgen
