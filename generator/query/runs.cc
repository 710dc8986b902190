// How long measurements must run: what user.conf says in a test run, what the round says in a valid
// one.
#include <algorithm>
#include <set>

#include "plan/lock_keys.h"
#include "query/costs.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// The nearest instance above (or at) `from` that has the key.
const Binding* binding_above(const Resolution& r, const Instance& from, const std::string& key) {
  std::vector<const Instance*> todo = {&from};
  std::set<const Instance*> seen;
  for (size_t k = 0; k < todo.size(); ++k) {
    if (!seen.insert(todo[k]).second) continue;
    if (auto it = todo[k]->env.find(key); it != todo[k]->env.end()) return &it->second;
    for (InstanceId id : todo[k]->asked_by) todo.push_back(&r.at(id));
  }
  return nullptr;
}

std::string text_at(const Resolution& r, const Instance& from, const std::string& key) {
  const Binding* b = binding_above(r, from, key);
  return b && !b->value.items.empty() ? b->value.as_text() : "";
}

// The step that writes the run's user.conf; nothing where it has none.
const ResolvedStep* user_conf_of(const Work& work, size_t edge) {
  for (EdgeId id : work.edge(edge).needs) {
    const auto need = static_cast<uint32_t>(id);
    const std::vector<Interned>& outputs = work.edge(need).outputs;
    if (std::find(outputs.begin(), outputs.end(), "user.conf") != outputs.end() &&
        !work.uses(need).empty())
      return work.uses(need).front().step;
  }
  return nullptr;
}

// The settings that it is rendered from; nothing where it is written otherwise.
const ResolvedParam* settings_of(const ResolvedStep* user_conf) {
  if (user_conf)
    for (const ResolvedParam& p : user_conf->params)
      if (p.name.value == "settings") return &p;
  return nullptr;
}

std::string setting(const ResolvedParam* values, const std::string& name) {
  for (size_t i = 0; values && i < values->keys.size(); ++i)
    if (readable(values->keys[i]) == name) return readable(values->items[i]);
  return "";
}

// As the rule's `more` says it, else as its `settings`.
std::string said(const ResolvedStep* user_conf, const ResolvedParam* values,
                 const std::string& name) {
  if (user_conf)
    for (const std::string& one : split(param_of(*user_conf, "more"), ';'))
      if (one.starts_with(name + "=")) return one.substr(name.size() + 1);
  return setting(values, name);
}

// What ends a run that no rule keeps running: by its style (loadgen/run_length.h), or by settings.
std::string end_of(const std::string& style, const ResolvedParam* values) {
  if (style == "fast") return "a fifth of the queries of a valid run end it";
  for (const char* name : {"max_duration", "max_query_count", "min_query_count"})
    if (std::string value = setting(values, name); !value.empty() && value != "0")
      return "user.conf says " + std::string(name) + " = " + value +
             (name == std::string("max_duration") ? " ms" : "");
  return values ? "user.conf sets neither a duration nor a number of queries, so LoadGen's own hold"
                : "no user.conf says how long it is";
}

MeasuredRun run_of(const Work& work, size_t edge) {
  MeasuredRun run;
  run.edge = work.edge(edge).name;
  run.done = work.done(edge);
  if (work.uses(edge).empty()) return run;
  const StepUse& use = work.uses(edge).front();
  std::string round = text_at(work.resolution(), *use.instance, "CM_MLPERF_ROUND");
  run.valid_least_ms =
      bytes_of(text_at(work.resolution(), *use.instance, "CM_MLPERF_ROUND_MIN_DURATION"));
  const ResolvedStep* user_conf = user_conf_of(work, edge);
  const ResolvedParam* values = settings_of(user_conf);
  uint64_t own = bytes_of(said(user_conf, values, "min_duration")).value_or(0);
  std::string valid = param_of(*use.step, "require_valid");
  if (!valid.empty() && !is_off(valid)) {
    run.least_ms = std::max(own, run.valid_least_ms.value_or(0));
    run.why = own > run.valid_least_ms.value_or(0)
                  ? "user.conf says min_duration = " + std::to_string(own) + " ms"
              : run.valid_least_ms ? "the rules of " + round + " ask for it in a valid result"
                                   : "no round says how long a valid result takes";
    return run;
  }
  std::string style = user_conf ? param_of(*user_conf, "style") : "";
  if (style == "calibration") {
    run.least_ms = bytes_of(param_of(*user_conf, "calibration_s")).value_or(0) * 1000;
    run.valid_least_ms.reset();
    run.why = "a calibration: it finds the target of the run after it";
    return run;
  }
  if (!param_of(*use.step, "search").empty()) {
    run.why = "a search: its probes have lengths of their own";
    return run;
  }
  run.least_ms = own;
  run.why = "a " + (style.empty() ? "test" : style) + " run: " +
            (own ? "user.conf says min_duration = " + std::to_string(own) + " ms"
                 : end_of(style, values));
  return run;
}

// With power, the run is made twice: ranging, then testing. Each phase of power-dev waits 10 s for
// the analyser at its begin and at its end (lib/server.py).
void count_power(const Work& work, size_t edge, MeasuredRun& run) {
  if (work.uses(edge).empty() || param_of(*work.uses(edge).front().step, "power").empty()) return;
  run.least_ms = run.least_ms * 2 + 4 * 10'000;
  run.why += "; with power it runs twice, and the analyser takes 40 s";
}

}  // namespace

std::vector<MeasuredRun> runs_of(const Work& work, const EdgeBits& edges) {
  std::vector<MeasuredRun> runs;
  for (size_t i = 0; i < edges.size(); ++i)
    if (edges[i] && work.edge(i).mode == "measure") {
      runs.push_back(run_of(work, i));
      count_power(work, i, runs.back());
    }
  return runs;
}

}  // namespace mlpgen
