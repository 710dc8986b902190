// explain EDGE: its command, its inputs with their makers, and why it must run.
#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "command/explain.h"
#include "command/identities.h"
#include "edge/done_file.h"
#include "edge/step.h"

namespace mlpgen {
namespace {

using Kind = IdentityChange::Kind;

const Edge* edge_in(const Plan& plan, const std::string& directory) {
  for (const Edge& e : plan.edges)
    if (!directory.empty() && e.directory == directory) return &e;
  return nullptr;
}

const Edge* edge_with(const Plan& plan, const std::string& identity) {
  for (const Edge& e : plan.edges)
    if (e.identity == identity) return &e;
  return nullptr;
}

// The parts of a word that may be values: "--threads=4" holds "4".
std::vector<std::string> parts_of(const std::string& word) {
  return split(replace_all(replace_all(word, "=", " "), ",", " "), ' ');
}

// The keys of the edge's recipe whose value is new in the word, with who set them: at most two.
std::string set_by(const Asked& asked, const Edge& edge, const std::string& before,
                   const std::string& word) {
  std::vector<std::string> old = parts_of(before), now = parts_of(word);
  now.push_back(word);
  std::erase_if(now, [&](const std::string& p) {
    return p.empty() || std::find(old.begin(), old.end(), p) != old.end();
  });
  std::string recipe = edge.name.substr(0, edge.name.find('/'));
  std::set<std::string> found;
  for (const Instance& i : asked.resolution.instances)
    if (i.recipe->id.value == recipe)
      for (const auto& [key, b] : i.env)
        if (b.value.items.size() == 1 && b.winner.rank != Rank::kDepExport &&
            std::find(now.begin(), now.end(), b.value.as_text()) != now.end())
          found.insert(key + ", set by " + b.winner.who + " at " +
                       asked.session.sources.describe(b.winner.span));
  if (found.empty() || found.size() > 2) return "";
  return " (" + join({found.begin(), found.end()}, "; ") + ")";
}

std::string words_of(const Asked& asked, const Edge& edge, const IdentityChange& c) {
  std::string before = c.before.substr(0, 12), after = c.after.substr(0, 12);
  switch (c.kind) {
    case Kind::kRule:
      return "its rule was edited";
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
  std::string what = c.kind == Kind::kEnv ? "the environment's " + c.name : "the command's word";
  if (c.before.empty())
    return what + " '" + c.after + "' was added" + set_by(asked, edge, "", c.after);
  if (c.after.empty()) return what + " '" + c.before + "' was dropped";
  return what + " '" + c.before + "' became '" + c.after + "'" +
         set_by(asked, edge, c.before, c.after);
}

// What changed, and below each input that changed why it did.
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
    out.push_back(
        {{"depth", depth}, {"edge", edge.name}, {"change", readable(words_of(asked, edge, c))}});
    const Edge* maker = c.kind == Kind::kInput ? edge_with(asked.plan, c.after) : nullptr;
    if (maker && depth < 8) add_changes(asked, identities, *maker, depth + 1, seen, out);
  }
}

std::string touched(const std::string& what, const std::string& path, const PathNote& note) {
  Result<FileStamp> now = stamp_of(path);
  if (!now) return what + " " + path + " is gone";
  if (note.folder || *now == note.stamp) return "";
  return what + " " + path +
         (now->size == note.stamp.size ? " was touched: its bytes are compared at the next run"
                                       : " has another size than it was made with");
}

// What differs on disk from what .done noted.
Answer on_disk(const Edge& e) {
  Answer all = Answer::array();
  Result<DoneFile> done = read_done(e.directory);
  if (!done) return all;
  for (const PathNote& n : done->outputs)
    if (std::string t = touched("output", e.directory + "/" + n.name, n); !t.empty())
      all.push_back(t);
  for (const PathNote& n : done->inputs)
    if (std::string t = touched("input", n.name, n); !t.empty()) all.push_back(t);
  return all;
}

Answer inputs_json(const Asked& asked, const Edge& e) {
  Answer all = Answer::array();
  for (const EdgeInput& i : e.inputs) {
    const Edge* maker = edge_in(asked.plan, artifact_of(i.path));
    all.push_back({{"path", i.path},
                   {"maker", maker ? maker->name : ""},
                   {"there", exists(i.path)},
                   {"fetched", i.fetched}});
  }
  return all;
}

std::string state_of(const Edge& e, bool done, bool has_changes) {
  Step step;
  step.name = e.name;
  step.identity = e.identity;
  if (done) return "done";
  if (exists(log_path(step)))
    return "it ran and did not finish: `mlpgen log " + e.name + "` prints its log";
  return has_changes ? "it must run, since something changed" : "it has not run yet";
}

}  // namespace

Answer explain_edge(const Asked& asked, const Edge& e) {
  Identities identities = read_identities();
  std::set<std::string> seen;
  Answer changes = Answer::array();
  add_changes(asked, identities, e, 0, seen, changes);
  bool done = exists(e.directory + "/.done");
  Answer j = {
      {"format", 1},    {"kind", "edge"},         {"edge", e.name},           {"about", e.about},
      {"mode", e.mode}, {"identity", e.identity}, {"directory", e.directory}, {"target", e.target}};
  j["place"] = asked.session.sources.describe(e.step);
  j["done"] = done;
  j["state"] = state_of(e, done, !changes.empty());
  j["changes"] = changes;
  j["on_disk"] = done ? on_disk(e) : Answer::array();
  j["command"] = e.argv;
  j["inputs"] = inputs_json(asked, e);
  j["outputs"] = e.outputs;
  j["parts"] = Answer::array();
  for (const auto& [what, text] : e.parts) j["parts"].push_back({{"what", what}, {"text", text}});
  return j;
}

std::string edge_text(const Answer& a) {
  auto text = [&](const char* key) { return a.value(key, std::string()); };
  std::string out = text("edge") + ": " + text("about") + "\n  " + text("mode") + ", identity " +
                    text("identity").substr(0, 12) + "  " + text("place") + "\n";
  out += "  state: " + text("state") + "\n";
  if (!a["changes"].empty())
    out += a["done"] ? "  what changed when its identity last changed:\n" : "  why:\n";
  for (const Answer& c : a["changes"])
    out += "    " + std::string(static_cast<size_t>(c["depth"].get<int>()) * 2, ' ') +
           c["change"].get<std::string>() + "\n";
  for (const Answer& t : a["on_disk"]) out += "  " + t.get<std::string>() + "\n";
  out += "  command:";
  for (const Answer& w : a["command"]) out += " " + shell_quote(w.get<std::string>());
  out += "\n  inputs:\n";
  for (const Answer& i : a["inputs"]) {
    std::string maker = i["maker"];
    out += "    " + i["path"].get<std::string>() + (maker.empty() ? "" : "  made by " + maker) +
           (i["there"] ? "" : "  (missing)") + "\n";
  }
  out += "  outputs, in " + text("directory") + ":\n";
  for (const Answer& o : a["outputs"]) out += "    " + o.get<std::string>() + "\n";
  out += "  identity made of:\n";
  for (const Answer& p : a["parts"])
    out += "    " + p["what"].get<std::string>() + " " + p["text"].get<std::string>() + "\n";
  return out;
}

}  // namespace mlpgen
