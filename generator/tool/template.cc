// Mustache with a context that notices keys that nobody set.
#include "tool/template.h"

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "text/closest.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace mustache = kainjow::mustache;
namespace {

using Json = nlohmann::ordered_json;

mustache::data to_data(const Json& value) {
  if (value.is_object()) {
    mustache::data object(mustache::data::type::object);
    for (const auto& [key, part] : value.items()) object.set(key, to_data(part));
    return object;
  }
  if (value.is_array()) {
    mustache::data list(mustache::data::type::list);
    for (const Json& part : value) list.push_back(to_data(part));
    return list;
  }
  if (value.is_string()) return mustache::data(value.get<std::string>());
  if (value.is_number()) return mustache::data(value.dump());
  return mustache::data(value.is_boolean() && value.get<bool>());
}

// Looks keys up as the library does, remembers those that are not there, and lets an empty string
// close a section.
class StrictContext : public mustache::basic_context<std::string> {
 public:
  explicit StrictContext(const mustache::data* root) : inner_(root) {}
  void push(const mustache::data* data) override { inner_.push(data); }
  void pop() override { inner_.pop(); }
  const mustache::data* get(const std::string& name) const override {
    const mustache::data* found = inner_.get(name);
    if (!found) unknown_.insert(name);
    return found && found->is_string() && found->string_value().empty() ? &nothing_ : found;
  }
  const mustache::data* get_partial(const std::string& name) const override {
    unknown_.insert("> " + name);  // a template is one file here
    return nullptr;
  }
  const std::set<std::string>& unknown() const { return unknown_; }

 private:
  mustache::context<std::string> inner_;
  mustache::data nothing_{false};
  mutable std::set<std::string> unknown_;  // the library's look-up is const
};

// A character that no text holds. The library drops a line when it finds a section's tag and blanks
// there, also when the line break belongs to the text; behind such a mark a line is never blank.
constexpr char kMark = '\x01';

constexpr size_t kDeepestSection = 100;  // the library calls itself for each

// Whether more sections stand in each other than that.
bool nests_too_deep(const std::string& text) {
  size_t depth = 0;
  for (size_t open = text.find("{{"); open != std::string::npos; open = text.find("{{", open + 2)) {
    size_t word = text.find_first_not_of(" \t\n", open + 2);
    char kind = word == std::string::npos ? ' ' : text[word];
    if (kind == '/' && depth > 0) --depth;
    if ((kind == '#' || kind == '^') && ++depth > kDeepestSection) return true;
  }
  return false;
}

// Lines that hold only a section's tag or a comment vanish, as the Mustache specification wants
// (the library leaves an empty line behind each section that is closed).
std::string without_tag_lines(const std::string& text) {
  std::string kept;
  size_t at = 0;
  for (size_t open = text.find("{{"); open != std::string::npos; open = text.find("{{", at)) {
    size_t end = text.find("}}", open);
    if (end == std::string::npos) break;
    end += 2;
    kept.append(text, at, open - at);
    size_t line = open == 0 ? 0 : text.rfind('\n', open - 1) + 1;  // npos + 1 is 0
    size_t rest = text.find_first_not_of(" \t", end);
    bool alone = text.find_first_not_of(" \t", line) == open &&
                 std::string_view("#^/!").find(text[open + 2]) != std::string_view::npos &&
                 (rest == std::string::npos || text[rest] == '\n');
    if (alone) kept.resize(kept.size() - (open - line));  // its indentation
    kept.append(text, open, end - open);
    if (alone) kept += kMark;
    at = !alone ? end : rest == std::string::npos ? text.size() : rest + 1;
  }
  return kept.append(text, at, std::string::npos);
}

}  // namespace

Result<std::string> fill_template(const std::string& name, const std::string& text,
                                  const Json& values) {
  if (nests_too_deep(text))
    return named_error(
        "bad-template",
        name + " has more than " + std::to_string(kDeepestSection) + " sections inside each other",
        "write it with fewer");
  mustache::mustache filled(without_tag_lines(text));
  if (!filled.is_valid())
    return named_error("bad-template",
                       name + " is not a Mustache template: " + filled.error_message(),
                       "fix it there");
  filled.set_custom_escape([](const std::string& value) { return value; });
  mustache::data root = to_data(values);
  StrictContext context(&root);
  std::string result = filled.render(context);
  if (context.unknown().empty()) {
    std::erase(result, kMark);
    return result;
  }
  std::vector<std::string> known;
  for (const auto& [key, value] : values.items()) known.push_back(key);
  std::vector<std::string> unknown(context.unknown().begin(), context.unknown().end());
  return named_error(
      "unknown-key", name + " uses '" + join(unknown, "', '") + "', which has no value",
      did_you_mean(unknown[0], known) + (closest(unknown[0], known).empty() ? "" : " ") +
          "give it by --values " + unknown[0] + "=VALUE (an empty value closes its section)");
}

}  // namespace mlpgen::tool
