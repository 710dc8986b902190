// explain TARGET: its edges, which are there and which are missing.
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "command/explain.h"

namespace mlpgen {
namespace {

void add_needs(const Plan& plan, EdgeId id, std::set<EdgeId>& all) {
  if (!all.insert(id).second) return;
  for (EdgeId n : plan.at(id).needs) add_needs(plan, n, all);
}

// All edges below the target that are not there yet, in the order in which they can run.
Answer missing_below(const Plan& plan, const PlanTarget& t, size_t& count) {
  std::set<EdgeId> all;
  for (EdgeId id : t.edges) add_needs(plan, id, all);
  count = all.size();
  Answer missing = Answer::array();
  for (EdgeId id : all)
    if (!exists(plan.at(id).directory + "/.done")) missing.push_back(plan.at(id).name);
  return missing;
}

}  // namespace

Answer explain_target(const Asked& asked, const std::string& what) {
  for (const PlanTarget& t : asked.plan.targets) {
    if (t.name != what) continue;
    Answer edges = Answer::array();
    for (EdgeId id : t.edges) {
      const Edge& e = asked.plan.at(id);
      Answer waits = Answer::array();
      for (EdgeId n : e.needs)
        if (!exists(asked.plan.at(n).directory + "/.done")) waits.push_back(asked.plan.at(n).name);
      edges.push_back({{"name", e.name},
                       {"about", e.about},
                       {"done", exists(e.directory + "/.done")},
                       {"directory", e.directory},
                       {"waits_for", waits}});
    }
    size_t count = 0;
    Answer missing = missing_below(asked.plan, t, count);
    return {{"format", 1},
            {"kind", "target"},
            {"needs", count},
            {"missing", missing},
            {"target", what},
            {"about", t.about},
            {"default", t.is_default},
            {"nothing", t.nothing},
            {"not_yet", t.not_yet},
            {"edges", edges}};
  }
  return {};
}

std::string target_text(const Answer& a) {
  std::string about = a["about"], nothing = a["nothing"];
  std::string out = "target " + a["target"].get<std::string>() +
                    (about.empty() ? "" : ": " + about) +
                    (a["default"] ? "  (what plain `ninja` builds)" : "") + "\n";
  size_t done = 0;
  for (const Answer& e : a["edges"]) {
    bool there = e["done"];
    if (there) ++done;
    std::vector<std::string> waits = e["waits_for"];
    out += "  " + std::string(there ? "there    " : "missing  ") + e["name"].get<std::string>() +
           (waits.empty() || there ? "" : "  (waits for " + join(waits, ", ") + ")") + "\n";
  }
  if (a["edges"].empty())
    return out + "  " +
           (a["not_yet"]      ? "it is not written yet"
            : nothing.empty() ? "there is nothing to do for this request"
                              : nothing) +
           "\n";
  std::vector<std::string> missing = a["missing"];
  size_t needs = a["needs"];
  out += "  with all that it needs: " + std::to_string(needs) + " edges, " +
         std::to_string(missing.size()) + " missing\n";
  for (const std::string& name : missing) out += "    " + name + "\n";
  return out + "  " + std::to_string(done) + " of " + std::to_string(a["edges"].size()) +
         " edges are done; `ninja " + a["target"].get<std::string>() + "` runs the others\n";
}

}  // namespace mlpgen
