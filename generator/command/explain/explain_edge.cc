// explain EDGE: its command, its inputs with their makers, and why it must run.
#include "artifact/done_file.h"
#include "command/explain/explain.h"
#include "command/request/edges.h"
#include "file/file.h"
#include "step/step.h"
#include "text/text.h"

namespace mlpgen {
namespace {

const Edge* edge_in(const Plan& plan, const std::string& directory) {
  for (const Edge& e : plan.edges)
    if (!directory.empty() && e.directory == directory) return &e;
  return nullptr;
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
  Answer changes = changes_of(asked, identities, e, seen);
  bool done = is_made(e.directory);
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
