// A recipe -> the section of its page about what comes from outside: URL or package, digest, size,
// for each choice.
#include <algorithm>

#include "page/markdown.h"
#include "page/parts.h"
#include "page/phrases.h"
#include "resolve/value.h"
#include "resolve/variation/variations.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using Known = std::map<std::string, Value>;  // keys whose value the choice says

constexpr int kDepth = 6;  // of values that are templates themselves

void set_all(Known& known, const EnvMap& env) {
  for (const EnvEntry& e : env) {
    Value v;
    v.is_list = e.is_list;
    for (const TemplateText& t : e.values) v.items.push_back(t.parts);
    known[e.key.value] = std::move(v);
  }
}

// The variations that are active when `chosen` is asked for and nothing else. What excludes itself
// is for `mlpgen check` to say.
std::vector<ActiveVariation> active_with(const Recipe& r, const Variation* chosen) {
  std::vector<VariationWord> words;
  auto ask = [&](const Text& name) {
    words.emplace_back().name = name;
    words.back().as_written = true;
  };
  if (chosen && chosen->parts.empty()) ask(chosen->name);
  if (chosen) std::for_each(chosen->parts.begin(), chosen->parts.end(), ask);
  Sink quiet;
  return choose_variations(r, words, {}, quiet);
}

Known known_with(const Recipe& r, const Variation* chosen, const Version* version) {
  Known known;
  set_all(known, r.default_env);
  set_all(known, r.env);
  for (const Version& v : r.versions) {
    bool is_default = r.default_version && r.default_version->value == v.name.value;
    if (version ? &v != version : !is_default) continue;
    known["version"] = Value::text(v.name.value);
    set_all(known, v.env);
  }
  for (const ActiveVariation& a : active_with(r, chosen)) set_all(known, a.variation->env);
  return known;
}

// Texts of a step's parameters under one choice.
class ChosenTexts {
 public:
  ChosenTexts(const RecipeStep& step, Known known) : step_(step), known_(std::move(known)) {}

  std::vector<std::string> all(const char* param) {
    std::vector<std::string> items;
    for (const Param& p : step_.params)
      if (p.name.value == param)
        for (const TemplateText& t : p.items)
          for (const Template& item : filled(t.parts, kDepth)) items.push_back(readable(item));
    return items;
  }
  std::string one(const char* param) {
    std::vector<std::string> items = all(param);
    return items.empty() ? "" : items.front();
  }
  // Of what decides what is fetched, a key had no value.
  bool open() const { return open_; }

 private:
  std::vector<Template> filled(const Template& text, int depth) {
    auto lookup = [&](const TemplateName& name) -> std::optional<Value> {
      auto it = known_.find(name.text);
      if (it == known_.end() || depth == 0) return std::nullopt;
      Value v{it->second.is_list, {}};
      for (const Template& item : it->second.items)
        for (Template& part : filled(item, depth - 1)) v.items.push_back(std::move(part));
      return v.is_list || v.items.size() == 1 ? v : Value::text(joined(v.items, ","));
    };
    return expand(text, lookup, [&](const TemplateName&) { open_ = true; });
  }

  const RecipeStep& step_;
  Known known_;
  bool open_ = false;
};

struct Fetched {
  std::string place, digest, size;  // Markdown
  bool open = false;                // it is named by a key that this choice leaves open
};

std::string package_of(ChosenTexts& t) { return t.one("name") + "==" + t.one("version"); }

std::string place_of(const RecipeStep& s, ChosenTexts& t) {
  std::vector<std::string> parts;
  for (const std::string& url : t.all("urls")) parts.push_back(markdown::code(url));
  if (std::string url = t.one("url"); !url.empty()) parts.push_back(markdown::code(url));
  if (std::string what = t.one("what"); !what.empty())
    parts.push_back("by hand: " + markdown::plain(what) + ". " + markdown::plain(t.one("how")));
  if (s.rule.value == "package")
    parts.push_back("package " + markdown::code(package_of(t)) + ", " + t.one("kind"));
  if (std::vector<std::string> names = t.all("requirements"); !names.empty())
    parts.push_back("Python packages " + markdown::code(join(names, " ")) + ", as locked");
  return join(parts, "<br>");
}

const FileInLock* locked_package(const RecipeStep& s, ChosenTexts& t, const ReferenceInput& in) {
  if (s.rule.value != "package") return nullptr;
  std::string key = "package " + package_of(t) + " " + t.one("kind");
  auto it = in.locked.lower_bound(key);
  return it != in.locked.end() && it->first.starts_with(key) ? &it->second : nullptr;
}

Fetched fetched_by(const RecipeStep& s, ChosenTexts& t, const ReferenceInput& in) {
  Fetched f{place_of(s, t), "", ""};
  auto digest = [&](const char* label, const std::string& value) {
    if (!value.empty() && f.digest.empty()) f.digest = label + markdown::code(value);
  };
  digest("SHA-256 ", t.one("sha256"));
  digest("MD5 ", t.one("md5"));
  digest("commit ", t.one("commit"));
  f.open = t.open();
  f.size = bytes_phrase(t.one("size"));
  if (const FileInLock* locked = locked_package(s, t, in)) {
    digest("SHA-256 ", locked->sha256);
    if (f.size.empty()) f.size = bytes_phrase(locked->size);
  }
  return f;
}

// Keys whose value decides what the step fetches.
std::vector<std::string> deciding_keys(const RecipeStep& s) {
  std::vector<std::string> keys;
  for (const Param& p : s.params)
    for (const char* name : {"urls", "url", "sha256", "md5", "commit", "version", "name"})
      if (p.name.value == name)
        for (const TemplateText& t : p.items)
          for (const std::string& k : names_in(t.parts)) keys.push_back(k);
  return keys;
}

bool sets_one(const EnvMap& env, const std::vector<std::string>& keys) {
  return std::any_of(env.begin(), env.end(), [&](const EnvEntry& e) {
    return std::find(keys.begin(), keys.end(), e.key.value) != keys.end();
  });
}

class FetchRows {
 public:
  FetchRows(const Recipe& r, const ReferenceInput& in) : r_(r), in_(in) {}

  void add(const OwnedStep& s) {
    size_t before = seen_.size();
    std::vector<std::string> keys = deciding_keys(*s.step);
    row(s, s.of, nullptr);
    for (const Variation& v : r_.variations)
      if (!s.of && !v.name.value.ends_with(".#") && sets_one(v.env, keys)) row(s, &v, nullptr);
    bool by_version = std::find(keys.begin(), keys.end(), "version") != keys.end();
    for (const Version& v : r_.versions)
      if (by_version || sets_one(v.env, keys)) row(s, s.of, &v);
    if (seen_.size() == before)
      table_.add({markdown::code(s.step->id.value), "", "given by " + named_by(keys), "", ""});
  }

  std::string text() const { return markdown::section("What comes from outside", table_); }

 private:
  // Nothing where this choice leaves open what is fetched, or where another one said the same.
  void row(const OwnedStep& s, const Variation* with, const Version* version) {
    ChosenTexts texts(*s.step, known_with(r_, with, version));
    Fetched f = fetched_by(*s.step, texts, in_);
    if (f.open || f.place.empty() ||
        !seen_.insert((s.of ? s.of->name.value : "") + "/" + s.step->id.value + f.place + f.digest)
             .second)
      return;
    std::string choice = with ? "_" + with->name.value : version ? version->name.value : "";
    table_.add(
        {markdown::code(s.step->id.value), markdown::code(choice), f.place, f.digest, f.size});
  }

  static std::string named_by(std::vector<std::string> keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (std::string& k : keys) k = markdown::code(k);
    return listed(keys);
  }

  const Recipe& r_;
  const ReferenceInput& in_;
  markdown::Table table_{{"step", "with", "from", "digest", "size"}};
  std::set<std::string> seen_;
};

}  // namespace

std::string fetch_section(const Recipe& r, const PageContext& c) {
  FetchRows rows(r, c.in);
  for (const OwnedStep& s : steps_of(r)) {
    const StepRule* rule = c.in.library.rule(s.step->rule);
    if (rule && rule->mode == "fetch") rows.add(s);
  }
  return rows.text();
}

}  // namespace mlpgen
