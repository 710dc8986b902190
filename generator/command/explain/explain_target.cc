// explain TARGET: its edges, which are there and which are missing, and why those that ran before
// must run again.
#include <set>

#include "command/explain/explain.h"
#include "command/request/edges.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// Whether the edge was made before under another identity.
bool ran_before(const Identities& identities, const Edge& e) {
  auto it = identities.find(e.name);
  if (it == identities.end()) return false;
  const IdentityHistory& h = it->second;
  const std::string& before = h.now.identity == e.identity ? h.former.identity : h.now.identity;
  if (before.empty()) return false;
  std::string folder = e.directory.substr(0, e.directory.rfind('/') + 1);
  return is_made(folder + before.substr(0, 12));
}

// What made edges below the target run again: first causes only. While some are missing, of those;
// else of all that ran again at last.
Answer why_again(const Asked& asked, const std::set<EdgeId>& all, bool missing) {
  Identities identities = read_identities();
  std::set<std::string> seen;
  Answer causes = Answer::array();
  for (EdgeId id : all) {
    const Edge& e = asked.plan.at(id);
    if ((missing && is_made(e.directory)) || !ran_before(identities, e)) continue;
    for (Answer& c : changes_of(asked, identities, e, seen))
      if (c["cause"]) causes.push_back({{"edge", c["edge"]}, {"change", c["change"]}});
  }
  return causes;
}

Answer edges_json(const Asked& asked, const PlanTarget& t) {
  Answer edges = Answer::array();
  for (EdgeId id : t.edges) {
    const Edge& e = asked.plan.at(id);
    Answer waits = Answer::array();
    for (EdgeId n : e.needs)
      if (!is_made(asked.plan.at(n).directory)) waits.push_back(asked.plan.at(n).name);
    edges.push_back({{"name", e.name},
                     {"about", e.about},
                     {"done", is_made(e.directory)},
                     {"directory", e.directory},
                     {"waits_for", waits}});
  }
  return edges;
}

}  // namespace

Answer explain_target(const Asked& asked, const std::string& what) {
  for (const PlanTarget& t : asked.plan.targets) {
    if (t.name != what) continue;
    std::set<EdgeId> all = with_needs(asked.plan, t.edges);
    Answer missing = Answer::array();
    for (EdgeId id : all)
      if (!is_made(asked.plan.at(id).directory)) missing.push_back(asked.plan.at(id).name);
    return {{"format", 1},
            {"kind", "target"},
            {"needs", all.size()},
            {"missing", missing},
            {"why_again", why_again(asked, all, !missing.empty())},
            {"target", what},
            {"about", t.about},
            {"default", t.is_default},
            {"nothing", t.nothing},
            {"not_yet", t.not_yet},
            {"edges", edges_json(asked, t)}};
  }
  return {};
}

namespace {

std::string edges_text(const Answer& a, size_t& done) {
  std::string out;
  for (const Answer& e : a["edges"]) {
    bool there = e["done"];
    if (there) ++done;
    std::vector<std::string> waits = e["waits_for"];
    out += "  " + std::string(there ? "there    " : "missing  ") + e["name"].get<std::string>() +
           (waits.empty() || there ? "" : "  (waits for " + join(waits, ", ") + ")") + "\n";
  }
  return out;
}

std::string why_text(const Answer& a) {
  if (a["why_again"].empty()) return "";
  std::string out = a["missing"].empty() ? "  what changed when it was last made again:\n"
                                         : "  it must be made again, since:\n";
  for (const Answer& c : a["why_again"])
    out += "    " + c["edge"].get<std::string>() + ": " + c["change"].get<std::string>() + "\n";
  return out;
}

}  // namespace

std::string target_text(const Answer& a) {
  std::string about = a["about"], nothing = a["nothing"], target = a["target"];
  std::string out = "target " + target + (about.empty() ? "" : ": " + about) +
                    (a["default"] ? "  (what plain `ninja` builds)" : "") + "\n";
  if (a["edges"].empty())
    return out + "  " +
           (a["not_yet"]      ? "it is not written yet"
            : nothing.empty() ? "there is nothing to do for this request"
                              : nothing) +
           "\n";
  size_t done = 0, needs = a["needs"];
  out += edges_text(a, done);
  std::vector<std::string> missing = a["missing"];
  out += "  with all that it needs: " + std::to_string(needs) + " edges, " +
         std::to_string(missing.size()) + " missing\n";
  for (const std::string& name : missing) out += "    " + name + "\n";
  out += why_text(a);
  return out + "  " + std::to_string(done) + " of " + std::to_string(a["edges"].size()) +
         " edges are done" + (missing.empty() ? "" : "; `ninja " + target + "` runs the others") +
         "\n";
}

}  // namespace mlpgen
