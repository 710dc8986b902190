// Two records of an identity to what changed between them.
#include <algorithm>

#include "command/run_directory/identities.h"
#include "file/digest.h"

namespace mlpgen {
namespace {

using Kind = IdentityChange::Kind;
using IdentityPart = std::pair<std::string, std::string>;

// A text is plain text and marks: <source NAME DIGEST>, <tool VERSION DIGEST>, <IDENTITY/path>.
std::vector<std::string> fragments(const std::string& text) {
  std::vector<std::string> all;
  std::string plain;
  for (size_t i = 0; i < text.size();) {
    size_t end = text.find('>', i);
    bool mark = text[i] == '<' && end != std::string::npos;
    if (mark) {
      if (!plain.empty()) all.push_back(std::move(plain));
      plain.clear();
      all.push_back(text.substr(i, end - i + 1));
      i = end + 1;
    } else {
      plain += text[i++];
    }
  }
  if (!plain.empty()) all.push_back(std::move(plain));
  return all;
}

bool is_input(const std::string& mark) {
  return mark.size() > 66 && mark[0] == '<' && mark[65] == '/' && is_sha256(mark.substr(1, 64));
}

// NAME and DIGEST of "<source NAME DIGEST>".
std::pair<std::string, std::string> named(const std::string& mark, size_t prefix) {
  std::string inner = mark.substr(prefix, mark.size() - prefix - 1);
  size_t blank = std::min(inner.rfind(' '), inner.size());
  return {inner.substr(0, blank), inner.substr(std::min(blank + 1, inner.size()))};
}

// What one differing pair of fragments says; nothing when they are not marks of the same thing.
bool add_mark(const std::string& before, const std::string& after,
              std::vector<IdentityChange>& out) {
  if (before.starts_with("<source ") && after.starts_with("<source ")) {
    auto [name, digest] = named(before, 8);
    auto [other, now] = named(after, 8);
    if (name != other) return false;
    out.push_back({Kind::kSource, name, digest, now});
    return true;
  }
  if (before.starts_with("<tool ") && after.starts_with("<tool ")) {
    auto [version, digest] = named(before, 6);
    auto [now, other] = named(after, 6);
    out.push_back({Kind::kTool, other == "mlpgen-tool" ? other : "", version, now});
    return true;
  }
  if (is_input(before) && is_input(after) && before.substr(65) == after.substr(65)) {
    out.push_back({Kind::kInput, after.substr(66, after.size() - 67), before.substr(1, 64),
                   after.substr(1, 64)});
    return true;
  }
  return false;
}

bool add_marks(const std::string& before, const std::string& after,
               std::vector<IdentityChange>& out) {
  std::vector<std::string> a = fragments(before), b = fragments(after);
  if (a.size() != b.size()) return false;
  std::vector<IdentityChange> found;
  for (size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i] && !add_mark(a[i], b[i], found)) return false;
  out.insert(out.end(), found.begin(), found.end());
  return true;
}

void add_pair(const std::string& label, const std::string& before, const std::string& after,
              std::vector<IdentityChange>& out) {
  if (label == "rule") return out.push_back({Kind::kRule, "", before, after});
  if (label == "machine") return out.push_back({Kind::kMachine, "", before, after});
  if (label == "attempt") return out.push_back({Kind::kAttempt, "", before, after});
  if (label == "output") return out.push_back({Kind::kOutput, "", before, after});
  if (!before.empty() && !after.empty() && add_marks(before, after, out)) return;
  size_t eq =
      std::min((after.empty() ? before : after).find('='), (after.empty() ? before : after).size());
  std::string key = label == "env" ? (after.empty() ? before : after).substr(0, eq) : "";
  auto value = [&](const std::string& t) {
    return label == "env" && t.starts_with(key + "=") ? t.substr(key.size() + 1) : t;
  };
  out.push_back({label == "env" ? Kind::kEnv : Kind::kWord, key, value(before), value(after)});
}

// Parts of `from` that `other` has not, in their order.
std::vector<IdentityPart> only_in(const std::vector<IdentityPart>& from,
                                  std::vector<IdentityPart> other) {
  std::vector<IdentityPart> left;
  for (const IdentityPart& p : from) {
    auto it = std::find(other.begin(), other.end(), p);
    if (it == other.end())
      left.push_back(p);
    else
      other.erase(it);
  }
  return left;
}

}  // namespace

std::vector<IdentityChange> changes_between(const IdentityRecord& before,
                                            const IdentityRecord& after) {
  std::vector<IdentityChange> out;
  std::vector<IdentityPart> gone = only_in(before.parts, after.parts),
                            come = only_in(after.parts, before.parts);
  for (const IdentityPart& p : come) {
    auto partner = std::find_if(gone.begin(), gone.end(),
                                [&](const IdentityPart& g) { return g.first == p.first; });
    add_pair(p.first, partner == gone.end() ? "" : partner->second, p.second, out);
    if (partner != gone.end()) gone.erase(partner);
  }
  for (const IdentityPart& p : gone) add_pair(p.first, p.second, "", out);
  auto same = [](const IdentityChange& a, const IdentityChange& b) {
    return a.kind == b.kind && a.name == b.name && a.before == b.before && a.after == b.after;
  };
  std::vector<IdentityChange> once;
  for (IdentityChange& c : out)
    if (std::none_of(once.begin(), once.end(), [&](const IdentityChange& o) { return same(o, c); }))
      once.push_back(std::move(c));
  return once;
}

}  // namespace mlpgen
