// The parts of the answer put together, and as JSON.
#include "query/plan_answer.h"

#include <algorithm>
#include <set>

namespace mlpgen {
namespace {

using Json = nlohmann::ordered_json;

std::vector<KindCount> kinds_of(const Work& work, const EdgeBits& edges) {
  std::vector<KindCount> kinds;
  for (const char* kind : kStepKinds) kinds.push_back({kind});
  for (size_t i = 0; i < edges.size(); ++i)
    for (KindCount& k : kinds)
      if (edges[i] && work.edge(i).kind == k.kind) {
        ++k.total;
        if (!work.done(i)) ++k.missing;
      }
  std::erase_if(kinds, [](const KindCount& k) { return k.total == 0; });
  return kinds;
}

template <class Number>
Json number_or_null(const std::optional<Number>& n) {
  return n ? Json(*n) : Json();
}

Json fetch_json(const PlanAnswer& a) {
  Json items = Json::array();
  std::map<std::string, Bytes> hosts;
  for (const Fetch& f : a.fetches) {
    items.push_back({{"step", f.step},
                     {"what", f.what},
                     {"host", f.host},
                     {"urls", f.urls},
                     {"bytes", number_or_null(f.bytes)},
                     {"sha256", f.sha256},
                     {"checked", f.checked},
                     {"trusted_since", f.trusted_since},
                     {"stored", f.stored},
                     {"done", f.done}});
    if (f.done || f.stored) continue;
    f.bytes ? hosts[f.host].known += *f.bytes : hosts[f.host].unknown += 1;
  }
  Json by_host = Json::array();
  for (const auto& [host, bytes] : hosts)
    by_host.push_back({{"host", host}, {"bytes", bytes.known}, {"unknown", bytes.unknown}});
  Bytes all = bytes_to_fetch(a.fetches);
  return {{"bytes", all.known}, {"unknown", all.unknown}, {"hosts", by_host}, {"items", items}};
}

Json time_json(const PlanAnswer& a) {
  Json runs = Json::array();
  for (const MeasuredRun& r : a.runs)
    runs.push_back({{"edge", r.edge},
                    {"least_ms", r.least_ms},
                    {"valid_least_ms", number_or_null(r.valid_least_ms)},
                    {"why", r.why},
                    {"done", r.done}});
  return {{"least_ms", least_ms(a)}, {"runs", runs}};
}

}  // namespace

PlanAnswer plan_answer(const Work& work, const EdgeBits& edges, Library& library, const Lock& lock,
                       const std::vector<std::string>& mirrors) {
  PlanAnswer a;
  std::vector<StepWork> steps = steps_of(work, edges, library);
  a.total = count(edges);
  a.kinds = kinds_of(work, edges);
  for (const KindCount& k : a.kinds) a.missing += k.missing;
  a.fetches = fetches_of(steps, lock, mirrors);
  a.copies = copies_of(steps);
  a.refusals = refusals_of(steps);
  a.runs = runs_of(work, edges);
  a.made = made_by(steps);
  for (const LockWant& w : work.planned().wants)
    if (!w.found && w.kind != "file") a.not_locked.push_back(w.key);
  std::sort(a.not_locked.begin(), a.not_locked.end());
  a.not_locked.erase(std::unique(a.not_locked.begin(), a.not_locked.end()), a.not_locked.end());
  return a;
}

Bytes bytes_to_fetch(const std::vector<Fetch>& fetches) {
  Bytes all;
  std::set<std::string> counted;  // equal bytes come once
  for (const Fetch& f : fetches) {
    if (f.done || f.stored || (!f.sha256.empty() && !counted.insert(f.sha256).second)) continue;
    f.bytes ? all.known += * f.bytes : all.unknown += 1;
  }
  return all;
}

uint64_t least_ms(const PlanAnswer& a) {
  uint64_t all = 0;
  for (const MeasuredRun& r : a.runs)
    if (!r.done) all += r.least_ms;
  return all;
}

Json plan_json(const PlanAnswer& a) {
  Json kinds = Json::array(), copies = Json::array(), refusals = Json::array();
  for (const KindCount& k : a.kinds)
    kinds.push_back({{"kind", k.kind}, {"total", k.total}, {"missing", k.missing}});
  for (const LocalCopy& c : a.copies)
    copies.push_back({{"step", c.step},
                      {"what", c.what},
                      {"how", c.how},
                      {"path", c.path},
                      {"bytes", number_or_null(c.bytes)}});
  for (const FailingStep& r : a.refusals)
    refusals.push_back({{"step", r.step}, {"reason", r.reason}, {"help", r.help}});
  return {{"format", 1},
          {"target", a.target},
          {"about", a.about},
          {"nothing", a.nothing},
          {"not_yet", a.not_yet},
          {"edges", {{"total", a.total}, {"missing", a.missing}, {"kinds", kinds}}},
          {"fetch", fetch_json(a)},
          {"disk",
           {{"least_bytes", bytes_to_fetch(a.fetches).known + a.made.bytes},
            {"made_bytes", a.made.bytes},
            {"made_by", a.made.declared},
            {"unknown", a.made.unknown}}},
          {"time", time_json(a)},
          {"copies", copies},
          {"refused", refusals},
          {"not_locked", a.not_locked}};
}

}  // namespace mlpgen
