// Templates: reading, putting together, writing for people.
#include "recipe/template.h"

#include <algorithm>
#include <unordered_map>

#include "text/text.h"

namespace mlpgen {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

// Where the '}' is that ends what begins before `from`; the text after ":-" may hold references of
// its own.
size_t matching_brace(std::string_view t, size_t from) {
  size_t depth = 1;
  for (size_t i = from; i < t.size(); ++i) {
    if (t.substr(i, 2) == "${") ++depth;
    if (t[i] == '}' && --depth == 0) return i;
  }
  return kNowhere;
}

// "A*B/C" as *A *B /C; none where the name is that of a value.
std::vector<TemplateName::Factor> factors_in(std::string_view name) {
  std::vector<TemplateName::Factor> factors(1);
  for (char c : name) {
    if (c == '*' || c == '/')
      factors.push_back({c, ""});
    else
      factors.back().name += c;
  }
  bool empty =
      std::any_of(factors.begin(), factors.end(), [](const auto& f) { return f.name.empty(); });
  return empty || factors.size() == 1 ? std::vector<TemplateName::Factor>{} : factors;
}

// `inside`: what stands between the braces.
TemplateName read_name(std::string_view written, std::string_view inside) {
  TemplateName n;
  n.written = written;
  size_t dash = inside.find(":-");
  if (dash != kNowhere) n.otherwise = parse_template(inside.substr(dash + 2));
  n.text = inside.substr(0, dash);
  size_t hash = n.text.find('#');
  if (n.text.starts_with("lock:")) {
    n.kind = TemplateName::Kind::kLock;
    n.package = n.text.substr(5);
  } else if (n.text.starts_with("late:") && hash != std::string::npos) {
    n.kind = TemplateName::Kind::kLate;
    n.file = parse_template("${" + n.text.substr(5, hash - 5) + "}");
    n.pointer = n.text.substr(hash + 1);
  } else {
    n.factors = factors_in(n.text);
  }
  return n;
}

// The same for the same text, for as long as the process lives. For one thread: the one that reads
// recipes.
const TemplateName* find_or_read(std::string_view written, std::string_view inside) {
  static auto& all = *new std::unordered_map<std::string, std::unique_ptr<const TemplateName>>;
  if (auto it = all.find(std::string(written)); it != all.end()) return it->second.get();
  auto name = std::make_unique<const TemplateName>(read_name(written, inside));
  return (all[name->written] = std::move(name)).get();
}

void add_names(const Template& text, std::vector<std::string>& names) {
  for (const Part& part : text.parts()) {
    const auto* held = std::get_if<const TemplateName*>(&part);
    if (!held) continue;
    const TemplateName& n = **held;
    for (const TemplateName::Factor& f : n.factors)
      if (f.name.find_first_not_of("0123456789") != std::string::npos) names.push_back(f.name);
    if (n.kind == TemplateName::Kind::kValue && n.factors.empty()) names.push_back(n.text);
    add_names(n.file, names);
    if (n.otherwise) add_names(*n.otherwise, names);
  }
}

template <class T>
bool has(const Template& text) {
  return std::any_of(text.parts().begin(), text.parts().end(),
                     [](const Part& p) { return std::holds_alternative<T>(p); });
}

}  // namespace

bool LateValue::operator==(const LateValue& other) const {
  return pointer == other.pointer && *file == *other.file;
}

Template& Template::add_text(std::string_view text) {
  if (auto* source = parts_.empty() ? nullptr : std::get_if<SourceFile>(&parts_.back())) {
    size_t end = std::min(text.find_first_of(" ,:=;"), text.size());
    if (end > 0) source->below = source->below + text.substr(0, end);
    text.remove_prefix(end);
  }
  if (text.empty()) return *this;
  if (auto* last = parts_.empty() ? nullptr : std::get_if<std::string>(&parts_.back()))
    *last += text;
  else
    parts_.emplace_back(std::string(text));
  return *this;
}

Template& Template::add(Part part) {
  if (const auto* text = std::get_if<std::string>(&part)) return add_text(*text);
  parts_.push_back(std::move(part));
  return *this;
}

Template& Template::add(const Template& other) {
  for (const Part& part : other.parts_) add(part);
  return *this;
}

size_t Template::size() const {
  size_t all = 0;
  for (const Part& part : parts_)
    if (const auto* text = std::get_if<std::string>(&part)) all += text->size();
  return all;
}

Template parse_template(std::string_view text) {
  Template out;
  for (size_t at = 0, plain = 0;; ++at) {
    while (at < text.size() && text[at] != '$' && text[at] != '<') ++at;
    bool angle = text.substr(at, 3) == "<<<", brace = text.substr(at, 2) == "${";
    if (at < text.size() && !angle && !brace && text.substr(at, 2) != "$$") continue;
    if (at == text.size() || !(angle || brace)) {
      out.add_text(text.substr(plain, at - plain));
      if (at == text.size()) return out;
      plain = ++at;  // the second of two dollar signs
      continue;
    }
    size_t open = at + (angle ? 3 : 2),
           close = angle ? text.find(">>>", open) : matching_brace(text, open);
    if (close == kNowhere)
      return out.add_text(replace_all(std::string(text.substr(plain)), "$$", "$"));
    size_t end = close + (angle ? 3 : 1);
    out.add_text(text.substr(plain, at - plain));
    out.add(Part(find_or_read(text.substr(at, end - at), text.substr(open, close - open))));
    plain = end;
    at = end - 1;
  }
}

Template joined(const std::vector<Template>& templates, std::string_view separator) {
  Template out;
  for (const Template& t : templates) {
    if (&t != &templates.front()) out.add_text(separator);
    out.add(t);
  }
  return out;
}

bool has_names(const Template& text) { return has<const TemplateName*>(text); }
bool has_reference(const Template& text) {
  return text.parts().size() > 1 || !(text.empty() || has<std::string>(text));
}
bool has_late(const Template& text) { return has<LateValue>(text); }

std::vector<std::string> names_in(const Template& text) {
  std::vector<std::string> names;
  add_names(text, names);
  return names;
}

std::string readable(const Template& text) {
  std::string out;
  auto cases = Cases{
      [&](const std::string& plain) { out += plain; },
      [&](const TemplateName* name) { out += name->written; },
      [&](const StepOutput& o) {
        out += "<" + o.step + (o.output.empty() ? "" : "." + o.output) + ">";
      },
      [&](const SourceFile& s) { out += s.root + s.below.text(); },
      [&](const ToolPath& t) { out += t.path.text(); },
      [&](const LateValue& l) { out += "<late " + readable(*l.file) + "#" + l.pointer + ">"; },
      [&](const EdgeOutput& o) {
        out += "<edge " + std::to_string(static_cast<uint32_t>(o.edge)) + "/" + o.path + ">";
      },
      [&](const StateFile& s) { out += s.path.text(); },
  };
  for (const Part& part : text.parts()) std::visit(cases, part);
  return out;
}

std::vector<std::string> readable(const std::vector<Template>& texts) {
  std::vector<std::string> all;
  for (const Template& t : texts) all.push_back(readable(t));
  return all;
}

std::string exact(const Template& text) {
  std::string out;
  auto add = [&](std::string_view field) {
    out += std::to_string(field.size()) + ":" + std::string(field);
  };
  auto number = [&](auto n) { out += std::to_string(static_cast<int64_t>(n)) + ","; };
  auto cases = Cases{
      [&](const std::string& plain) { add(plain); },
      [&](const TemplateName* name) { add(name->written); },
      [&](const StepOutput& o) { number(o.instance), add(o.step), add(o.output), number(o.shard); },
      [&](const SourceFile& s) { add(s.root), add(s.name), add(s.below); },
      [&](const ToolPath& t) { add(t.path), add(t.version), add(t.digest); },
      [&](const LateValue& l) { add(exact(*l.file)), add(l.pointer); },
      [&](const EdgeOutput& o) { number(o.edge), add(o.path); },
      [&](const StateFile& s) { add(s.path); },
  };
  for (const Part& part : text.parts()) {
    out += static_cast<char>('a' + part.index());
    std::visit(cases, part);
  }
  return out;
}

}  // namespace mlpgen
