// The phrases of recipe pages.
#include "page/phrases.h"

#include <algorithm>
#include <cstdlib>

#include "page/markdown.h"
#include "recipe/load/values.h"
#include "text/text.h"
#include "text/units.h"

namespace mlpgen {
namespace {

std::string test_phrase(const KeyTest& t) {
  std::string key = markdown::code(t.key.value);
  if (t.kind == KeyTest::Kind::kOn) return key + " is on";
  if (t.kind == KeyTest::Kind::kOff) return key + " is off";
  std::vector<std::string> words;
  for (const Text& w : t.words) words.push_back(markdown::code(w.value));
  return key + " is " + listed(words, "or");
}

std::string tests_phrase(const std::vector<KeyTest>& tests, const char* between) {
  std::vector<std::string> all;
  for (const KeyTest& t : tests) all.push_back(test_phrase(t));
  return join(all, between);
}

}  // namespace

std::string env_cell(const EnvMap& env, const char* mark) {
  std::vector<std::string> lines;
  for (const EnvEntry& e : env) {
    lines.push_back(markdown::code(e.key.value + "=" + join(values_of(e.values), ", ")) + mark);
  }
  return join(lines, "<br>");
}

std::string conditions_phrase(const Conditions& c) {
  std::vector<std::string> parts;
  if (!c.enable_all.empty()) parts.push_back(tests_phrase(c.enable_all, " and "));
  if (!c.enable_any.empty()) parts.push_back(tests_phrase(c.enable_any, " or "));
  if (!c.skip_all.empty()) parts.push_back("unless " + tests_phrase(c.skip_all, " and "));
  if (!c.skip_any.empty()) parts.push_back("unless " + tests_phrase(c.skip_any, " or "));
  return join(parts, ", ");
}

std::string versions_phrase(const VersionRange& v) {
  std::vector<std::string> parts;
  if (v.exact) parts.push_back("version " + v.exact->value);
  if (v.min) parts.push_back("version " + v.min->value + " or later");
  if (v.max) parts.push_back("at most version " + v.max->value);
  if (v.max_usable) parts.push_back("preferably up to " + v.max_usable->value);
  return join(parts, ", ");
}

std::string bytes_phrase(const std::string& size) {
  if (size.empty() || size.find_first_not_of("0123456789") != std::string::npos || size.size() > 18)
    return markdown::plain(size);
  std::string grouped = size;
  for (size_t at = grouped.size(); at > 3;) grouped.insert(at -= 3, ",");
  std::string readable = readable_bytes(std::strtoull(size.c_str(), nullptr, 10));
  return grouped + " bytes" + (size.size() > 3 ? " (" + readable + ")" : "");
}

std::string values_phrase(const Values& v) {
  if (!v.choices.empty()) {
    std::vector<std::string> words;
    for (const std::string& c : v.choices) words.push_back(markdown::code(c));
    return join(words, " ");
  }
  std::string bounds = bounds_phrase(v);
  return std::string(to_word(v.type)) + (bounds.empty() ? "" : " " + bounds) +
         (v.unit.empty() ? "" : ", " + markdown::plain(v.unit));
}

std::string listed(const std::vector<std::string>& words, const std::string& last) {
  if (words.size() < 2) return join(words, "");
  std::vector<std::string> before(words.begin(), words.end() - 1);
  return join(before, ", ") + " " + last + " " + words.back();
}

}  // namespace mlpgen
