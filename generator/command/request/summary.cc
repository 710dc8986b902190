// The summary of configure.
#include "command/request/summary.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "file/file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

struct Default {
  std::string recipe, key, value, who, place;
};

const RootTarget& default_target(const Resolution& r) {
  for (const RootTarget& t : r.targets)
    if (t.is_default) return t;
  return r.targets.front();
}

// Values that nobody chose: defaults of recipes and default variations, of every instance, each
// once.
std::vector<Default> defaults(const Session& s, const Resolution& r) {
  std::vector<Default> all;
  std::set<std::array<std::string, 3>> known;
  for (const Instance& i : r.instances)
    for (const auto& [key, b] : i.env) {
      bool unchosen =
          b.winner.rank == Rank::kDefaultEnv || b.winner.rank == Rank::kDefaultVariation;
      if (!unchosen || key.starts_with('+')) continue;
      Default d{i.recipe->id.value, key, readable(b.value), b.winner.who,
                s.sources.describe(b.winner.span)};
      if (known.insert({d.key, d.place, d.value}).second) all.push_back(std::move(d));
    }
  std::sort(all.begin(), all.end(), [](const Default& a, const Default& b) {
    return std::tie(a.recipe, a.key) < std::tie(b.recipe, b.key);
  });
  return all;
}

}  // namespace

std::string summary_text(const Session& s, const Resolution& r, const Plan& plan,
                         const std::vector<CannotRun>& cannot) {
  const RootTarget& target = default_target(r);
  const Instance& root = r.at(target.root);
  std::string out = root.recipe->id.value;
  for (const std::string& v : root.variations) out += " _" + v;
  std::vector<Default> unchosen = defaults(s, r);
  out += "\n";
  if (!unchosen.empty())
    out += "\nDefaults (not set by the request; `mlpgen explain KEY` shows details):\n";
  std::string recipe;
  for (const Default& d : unchosen) {
    if (d.recipe != recipe) out += "  " + d.recipe + "\n";
    recipe = d.recipe;
    std::string shown = d.key + " = " + (d.value.empty() ? "(empty)" : d.value);
    out += "    " + shown + std::string(shown.size() < 62 ? 62 - shown.size() : 1, ' ') + d.place +
           "\n";
  }
  if (!cannot.empty()) out += "\nCannot run here:\n";
  for (const CannotRun& c : cannot)
    out += "  ninja " + join(c.targets, ", ") + ": " + c.reason + "\n";
  out += "\n" + counted(r.instances.size(), "instance") + ", " +
         counted(plan.edges.size(), "edge") + "; locks:";
  for (const std::string& f : s.lock.files())
    if (exists(f))
      out +=
          " " + (f.starts_with(s.installation.root) ? f.substr(s.installation.root.size() + 1) : f);
  out += "\nNext: ninja " + std::string(target.name == kAllTarget ? "" : target.name) +
         "     (`ninja help` lists all targets)\n";
  return out;
}

std::string summary_json(const Session& s, const Resolution& r, const Plan& plan,
                         const std::vector<CannotRun>& cannot) {
  nlohmann::json j;
  j["format"] = 1;
  j["request"] = s.saved.words;
  j["default_target"] = default_target(r).name;
  j["instances"] = r.instances.size();
  j["edges"] = plan.edges.size();
  j["defaults"] = nlohmann::json::array();
  for (const Default& d : defaults(s, r))
    j["defaults"].push_back({{"recipe", d.recipe},
                             {"key", d.key},
                             {"value", d.value},
                             {"set_by", d.who},
                             {"place", d.place}});
  j["refused"] = nlohmann::json::array();
  for (const CannotRun& c : cannot)
    j["refused"].push_back(
        {{"step", c.step}, {"reason", c.reason}, {"help", c.help}, {"targets", c.targets}});
  for (const PlanTarget& t : plan.targets)
    j["targets"].push_back(
        {{"name", t.name}, {"edges", t.edges.size()}, {"default", t.is_default}});
  return j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace mlpgen
