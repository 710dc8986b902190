// References as marked parts of a text: 0x01 kind field 0x03 field ... 0x02. YAML files may hold no such bytes.
#include "resolve/value.h"

#include "base/text.h"

namespace mlpgen {
namespace {

constexpr char kBegin = '\x01', kEnd = '\x02', kField = '\x03';

struct Name {
  size_t begin = 0, end = 0;  // of the whole ${...}
  std::string name, otherwise;
  bool has_otherwise = false;
};

// Where the '}' is that ends what begins before `from`; the text after ":-" may hold references of its own.
size_t matching_brace(std::string_view t, size_t from) {
  size_t depth = 1;
  for (size_t i = from; i < t.size(); ++i) {
    if (t.substr(i, 2) == "${") ++depth;
    if (t[i] == '}' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

// The next ${NAME} or <<<NAME>>> at or after `from`.
std::optional<Name> next_name(std::string_view t, size_t from) {
  for (size_t i = from; i < t.size(); ++i) {
    if (t.substr(i, 2) == "$$") {
      ++i;
      continue;
    }
    bool angle = t.substr(i, 3) == "<<<";
    if (!angle && t.substr(i, 2) != "${") continue;
    size_t open = i + (angle ? 3 : 2), close = angle ? t.find(">>>", open) : matching_brace(t, open);
    if (close == std::string_view::npos) return std::nullopt;
    Name n{i, close + (angle ? 3 : 1), std::string(t.substr(open, close - open)), "", false};
    if (size_t dash = n.name.find(":-"); dash != std::string::npos) {
      n.otherwise = n.name.substr(dash + 2);
      n.name.resize(dash);
      n.has_otherwise = true;
    }
    return n;
  }
  return std::nullopt;
}

std::string plain(std::string_view t) { return replace_all(std::string(t), "$$", "$"); }

}  // namespace

std::string encode(const Reference& r) {
  std::string out{kBegin, static_cast<char>(r.kind)};
  for (const std::string& f : r.fields) {
    // A late reference's file is itself marked text: its marks are shifted so that they do not end this one.
    for (char c : f) out += (c >= kBegin && c <= kField) ? static_cast<char>(c + 3) : c;
    out += kField;
  }
  return out + kEnd;
}

void walk(std::string_view text, const std::function<void(std::string_view)>& on_plain, const std::function<void(const Reference&)>& on_reference) {
  while (!text.empty()) {
    size_t begin = text.find(kBegin);
    if (begin != 0) on_plain(text.substr(0, begin));
    if (begin == std::string_view::npos) return;
    size_t end = text.find(kEnd, begin);
    Reference r;
    r.kind = static_cast<Reference::Kind>(text[begin + 1]);
    std::string field;
    for (char c : text.substr(begin + 2, end - begin - 2)) {
      if (c == kField) {
        r.fields.push_back(std::move(field));
        field.clear();
      } else {
        field += (c >= kBegin + 3 && c <= kField + 3) ? static_cast<char>(c - 3) : c;
      }
    }
    on_reference(r);
    text.remove_prefix(end + 1);
  }
}

bool has_reference(std::string_view text) { return text.find(kBegin) != std::string_view::npos; }

bool has_late(std::string_view text) {
  bool late = false;
  walk(text, [](std::string_view) {}, [&](const Reference& r) { late |= r.kind == Reference::Kind::kLate; });
  return late;
}

std::string readable(std::string_view text) {
  std::string out;
  walk(text, [&](std::string_view t) { out += t; },
       [&](const Reference& r) {
         switch (r.kind) {
           case Reference::Kind::kArtifact:
             out += "<" + r.fields[1] + (r.fields[2].empty() ? "" : "." + r.fields[2]) + ">";
             break;
           case Reference::Kind::kSource:
           case Reference::Kind::kTool:
           case Reference::Kind::kState:
             out += r.fields[0];
             break;
           case Reference::Kind::kEdge:
             out += "<edge " + r.fields[0] + "/" + r.fields[1] + ">";
             break;
           case Reference::Kind::kLate:
             out += "<late " + readable(r.fields[0]) + "#" + r.fields[1] + ">";
             break;
         }
       });
  return out;
}

std::string readable(const Value& value) { return readable(join(value.items, ",")); }

std::vector<std::string> expand(std::string_view text, const NameLookup& lookup, const std::function<void(const std::string&)>& missing) {
  std::string out;
  size_t at = 0;
  while (auto n = next_name(text, at)) {
    out += plain(text.substr(at, n->begin - at));
    std::optional<Value> v = lookup(n->name);
    if (!v && n->has_otherwise) {
      std::vector<std::string> items = expand(n->otherwise, lookup, missing);
      v = items.size() == 1 ? Value::text(items.front()) : Value{true, items};
    }
    if (!v) {
      missing(n->name);
    } else if (v->is_list) {
      if (n->begin == 0 && n->end == text.size()) return v->items;
      out += join(v->items, " ");
    } else {
      out += v->as_text();
    }
    at = n->end;
  }
  out += plain(text.substr(at));
  return {out};
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  size_t at = 0;
  while (auto n = next_name(text, at)) {
    for (const std::string& factor : factors_in(n->name)) {
      std::string name = without_operator(factor);
      if (name.empty() || name.find_first_not_of("0123456789") != std::string::npos) names.push_back(std::move(name));
    }
    for (std::string& inner : names_in(n->otherwise)) names.push_back(std::move(inner));
    at = n->end;
  }
  return names;
}

}  // namespace mlpgen
