// Why an edge's identity is another one than before: what changed, and which line or word that came
// from.
#include <algorithm>

#include "command/explain/explain.h"
#include "query/work.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using Kind = IdentityChange::Kind;

const Edge* edge_with(const Plan& plan, const std::string& identity) {
  for (const Edge& e : plan.edges)
    if (e.identity == identity) return &e;
  return nullptr;
}

// The parts of a word that may be values: "--threads=4" holds "4".
std::vector<std::string> parts_of(const std::string& word) {
  return split(replace_all(replace_all(word, "=", " "), ",", " "), ' ');
}

// What a word says that it did not say before.
std::vector<std::string> new_parts(const std::string& before, const std::string& word) {
  std::vector<std::string> old = parts_of(before), now = parts_of(word);
  now.push_back(word);
  std::erase_if(now, [&](const std::string& p) {
    return p.empty() || std::find(old.begin(), old.end(), p) != old.end();
  });
  return now;
}

bool is_among(const std::vector<std::string>& parts, const std::string& text) {
  return std::find(parts.begin(), parts.end(), text) != parts.end();
}

// Keys of the edge's recipe whose value is new, each with who set it.
std::set<std::string> keys_with(const Asked& asked, const Edge& edge,
                                const std::vector<std::string>& parts) {
  std::set<std::string> found;
  for (const Instance& i : asked.resolution.instances) {
    if (i.recipe->id.value != recipe_of(edge)) continue;
    for (const auto& [key, b] : i.env)
      if (b.value.items.size() == 1 && b.winner.rank != Rank::kDepExport &&
          is_among(parts, b.value.as_text()))
        found.insert(key + ", set by " + b.winner.who + " at " +
                     asked.session.sources.describe(b.winner.span));
  }
  return found;
}

// Lock entries that the edge's step asks for and that hold what is new.
std::set<std::string> locks_with(const Asked& asked, const Edge& edge,
                                 const std::vector<std::string>& parts) {
  std::set<std::string> found;
  for (const LockWant& w : asked.wants) {
    const LockEntry* entry = asked.session.lock.find(w.key);
    if (!entry || w.at != edge.step) continue;
    bool holds = std::any_of(entry->fields.begin(), entry->fields.end(),
                             [&](const auto& f) { return is_among(parts, f.second); });
    for (const std::string& line : entry->lines)
      holds |= std::any_of(parts.begin(), parts.end(),
                           [&](const std::string& p) { return p.find(line) != std::string::npos; });
    if (holds)
      found.insert("the lock entry '" + w.key + "' in " + in_installation(asked, entry->from));
  }
  return found;
}

// Where the edge's step writes what is new, as the recipe has it.
std::set<std::string> lines_with(const Asked& asked, const Edge& edge,
                                 const std::vector<std::string>& parts) {
  std::set<std::string> found;
  for (const Instance& i : asked.resolution.instances)
    for (const ResolvedStep& s : i.steps) {
      if (s.step->span != edge.step) continue;
      for (const Param& p : s.step->params)
        for (const Text& t : p.items)
          if (is_among(parts, t.value)) found.insert(asked.session.sources.describe(t.span));
    }
  return found;
}

// Who says what is new in a word: keys, lock entries, lines of the recipe; else the step that has
// the word.
std::string origin_of(const Asked& asked, const Edge& edge, const std::string& before,
                      const std::string& word) {
  std::vector<std::string> parts = new_parts(before, word);
  for (auto* find : {locks_with, keys_with, lines_with}) {
    std::set<std::string> found = find(asked, edge, parts);
    if (!found.empty() && found.size() <= 2)
      return " (" + join({found.begin(), found.end()}, "; ") + ")";
  }
  return " (in the step at " + asked.session.sources.describe(edge.step) + ")";
}

// Texts of many lines, such as locked requirements: only the lines that differ, without their
// hashes.
std::string differing_lines(const std::string& text, const std::string& other) {
  if (text.find('\n') == std::string::npos) return text;
  std::vector<std::string> theirs = split(other, '\n'), left;
  for (const std::string& line : split(text, '\n'))
    if (!is_among(theirs, line)) left.push_back(line.substr(0, line.find(" --hash=")));
  return join(left, ", ");
}

std::string rule_words(const Asked& asked, const Edge& edge) {
  for (const Instance& i : asked.resolution.instances)
    for (const ResolvedStep& s : i.steps)
      if (s.step->span == edge.step) {
        const StepRule* rule = asked.session.library->rule(s.rule);
        return "its rule was edited" +
               (rule ? ": " + asked.session.sources.name(rule->source) : std::string());
      }
  return "its rule was edited";
}

std::string word_change(const Asked& asked, const Edge& edge, const IdentityChange& c) {
  std::string what = c.kind == Kind::kEnv ? "the environment's " + c.name : "the command's word";
  std::string before = differing_lines(c.before, c.after),
              after = differing_lines(c.after, c.before);
  if (c.before.empty())
    return what + " '" + after + "' was added" + origin_of(asked, edge, "", c.after);
  if (c.after.empty())
    return what + " '" + before + "' was dropped (in the step at " +
           asked.session.sources.describe(edge.step) + ")";
  return what + " '" + before + "' became '" + after + "'" +
         origin_of(asked, edge, c.before, c.after);
}

std::string words_of(const Asked& asked, const Edge& edge, const IdentityChange& c) {
  std::string before = c.before.substr(0, 12), after = c.after.substr(0, 12);
  switch (c.kind) {
    case Kind::kRule:
      return rule_words(asked, edge);
    case Kind::kSource:
      return "the source " + c.name + " changed";
    case Kind::kTool:
      return (c.name.empty() ? "a program" : c.name) + " changed" +
             (c.before == c.after ? "" : " from version " + c.before + " to " + c.after);
    case Kind::kInput: {
      const Edge* maker = edge_with(asked.plan, c.after);
      return "its input " + (maker ? maker->name : after) +
             (c.name.empty() ? "" : " (" + c.name + ")") + " is another artifact: " + after +
             " instead of " + before;
    }
    case Kind::kOutput:
      return "its output is '" + c.after + "' and was '" + c.before + "'";
    case Kind::kMachine:
      return "the machine changed: " + c.after + "; it was " + c.before;
    case Kind::kAttempt:
      return c.after.empty() ? "it is the first attempt again"
                             : "attempt " + c.after + " was asked for by `mlpgen rerun`";
    case Kind::kEnv:
    case Kind::kWord:
      break;
  }
  return word_change(asked, edge, c);
}

void add_changes(const Asked& asked, const Identities& identities, const Edge& edge, int depth,
                 std::set<std::string>& seen, Answer& out) {
  auto it = identities.find(edge.name);
  if (it == identities.end() || !seen.insert(edge.name).second) return;
  const IdentityHistory& h = it->second;
  bool noted = h.now.identity == edge.identity;
  const IdentityRecord now{edge.identity, edge.parts};
  const IdentityRecord& before = noted ? h.former : h.now;
  if (before.identity.empty()) return;
  for (const IdentityChange& c : changes_between(before, now)) {
    const Edge* maker = c.kind == Kind::kInput ? edge_with(asked.plan, c.after) : nullptr;
    bool explained = maker && depth < 8 && identities.count(maker->name) != 0;
    out.push_back({{"depth", depth},
                   {"edge", edge.name},
                   {"change", words_of(asked, edge, c)},
                   {"cause", !explained}});
    if (explained) add_changes(asked, identities, *maker, depth + 1, seen, out);
  }
}

}  // namespace

Answer changes_of(const Asked& asked, const Identities& identities, const Edge& edge,
                  std::set<std::string>& seen) {
  Answer out = Answer::array();
  add_changes(asked, identities, edge, 0, seen, out);
  return out;
}

}  // namespace mlpgen
