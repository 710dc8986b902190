// All rounds -> one page: which models each has in each category and scenario, and what it asks of
// them.
#include <algorithm>
#include <cstdio>

#include "page/markdown.h"
#include "page/parts.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr const char* kCategories[] = {"edge", "datacenter"};

std::string short_scenario(const std::string& name) {
  if (name == "SingleStream") return "SS";
  if (name == "MultiStream") return "MS";
  return name.substr(0, 1);
}

std::string short_scenarios(const std::vector<std::string>& names, const char* between) {
  std::vector<std::string> all;
  for (const std::string& n : names) all.push_back(short_scenario(n));
  return join(all, between);
}

std::string scenarios_cell(const RoundModel* m, const std::string& category) {
  if (!m) return "";
  auto it = m->scenarios.find(category);
  if (it == m->scenarios.end()) return "";
  std::string out = short_scenarios(it->second.required, " ");
  if (!it->second.one_of.empty())
    out += (out.empty() ? "" : " + ") + short_scenarios(it->second.one_of, " or ");
  return out;
}

std::string digits(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

std::vector<std::string> model_names(const std::vector<Round>& rounds) {
  std::set<std::string> names;
  for (const Round& r : rounds)
    for (const RoundModel& m : r.models) names.insert(m.name);
  return {names.begin(), names.end()};
}

std::string matrix(const std::vector<Round>& rounds, const std::string& category) {
  std::vector<std::string> head = {"model"};
  for (const Round& r : rounds) head.push_back(r.name.value);
  markdown::Table t(head);
  for (const std::string& name : model_names(rounds)) {
    std::vector<std::string> cells = {markdown::code(name)};
    bool any = false;
    for (const Round& r : rounds) {
      cells.push_back(scenarios_cell(r.find(name), category));
      any = any || !cells.back().empty();
    }
    if (any) t.add(cells);
  }
  return markdown::section("Category " + category, t);
}

std::string targets_of(const RoundModel& m) {
  std::vector<std::string> all;
  for (const Metric& x : m.accuracy) {
    std::string text = x.name;
    if (x.at_least) text += " ≥ " + digits(x.at_least->value);
    if (x.at_most) text += (x.at_least ? " and ≤ " : " ≤ ") + digits(x.at_most->value);
    all.push_back(text + (x.scenario.empty() ? "" : " (" + x.scenario + ")"));
  }
  return join(all, "<br>");
}

std::string limits_of(const RoundModel& m) {
  std::vector<std::string> all;
  for (const auto& [scenario, limit] : m.latency_limit_ns)
    all.push_back(scenario + ": " + digits(static_cast<double>(limit.value) / 1e6) + " ms");
  for (const auto& [scenario, l] : m.token_limit)
    all.push_back(scenario + ": first token " + digits(static_cast<double>(l.ttft_ns) / 1e6) +
                  " ms, each further one " + digits(static_cast<double>(l.tpot_ns) / 1e6) + " ms");
  return join(all, "<br>");
}

// What a round asks of a model, one cell a column.
std::vector<std::string> demands_of(const RoundModel& m) {
  return {targets_of(m), m.dataset_size ? std::to_string(m.dataset_size->value) : "",
          std::to_string(m.performance_samples.value), limits_of(m), join(m.compliance, " ")};
}

// "v2.1", "v2.1 to v4.0": rounds that follow one another.
std::string span_of(const std::string& first, const std::string& last) {
  return first == last ? first : first + " to " + last;
}

void add_demands(markdown::Table& t, const std::string& name, const std::vector<Round>& rounds) {
  std::vector<std::string> before;
  std::string first, last, shown = markdown::code(name);
  auto flush = [&] {
    if (before.empty()) return;
    std::vector<std::string> cells = {shown, span_of(first, last)};
    cells.insert(cells.end(), before.begin(), before.end());
    t.add(cells);
    shown.clear();
  };
  for (const Round& r : rounds) {
    const RoundModel* m = r.find(name);
    std::vector<std::string> now = m ? demands_of(*m) : std::vector<std::string>{};
    if (now != before) {
      flush();
      before = now;
      first = r.name.value;
    }
    last = r.name.value;
  }
  flush();
}

std::string disagreements_table(const std::vector<Round>& rounds) {
  markdown::Table t({"model", "rounds", "value", "rules", "mlperf.conf", "checker"});
  std::map<std::vector<std::string>, std::string> seen;  // cells -> rounds
  for (const Round& r : rounds)
    for (const Disagreement& d : r.disagreements) {
      std::string& names =
          seen[{markdown::code(d.model), d.value, d.rules, d.mlperf_conf, d.checker}];
      names += (names.empty() ? "" : ", ") + r.name.value;
    }
  for (const auto& [c, names] : seen) t.add({c[0], names, c[1], c[2], c[3], c[4]});
  return markdown::section("Where rules, mlperf.conf and checker disagree", t);
}

std::string rounds_table(const std::vector<Round>& rounds) {
  markdown::Table t({"round", "shortest run", "layout of the submission",
                     "commit of mlcommons/inference with its checker"});
  for (const Round& r : rounds)
    t.add({r.name.value, digits(static_cast<double>(r.min_duration_ms.value) / 1e3) + " s",
           r.layout == Layout::kFlat ? "flat" : "split", markdown::code(r.checker.commit.value)});
  return markdown::section("Rounds", t);
}

}  // namespace

std::string rounds_page(const std::vector<Round>& rounds) {
  std::string out =
      std::string(kMarkdownMark) +
      "# Models, rounds and scenarios\n\n"
      "What each round of MLPerf Inference asks, as `recipes/rounds/` has it from the round's own "
      "checker.\n"
      "O is Offline, S Server, SS SingleStream, MS MultiStream, I Interactive; `O + I or S` needs "
      "Offline and one of the two others. A model\n"
      "that a round does not have in a category has an empty cell there; in the table of targets, "
      "an empty cell is a value that the round's file does not have.\n";
  for (const char* category : kCategories) out += matrix(rounds, category);
  markdown::Table t({"model", "rounds", "quality", "samples of the data set", "performance samples",
                     "latency limit", "compliance tests"});
  for (const std::string& name : model_names(rounds)) add_demands(t, name, rounds);
  return out + markdown::section("Quality targets and sizes", t) + disagreements_table(rounds) +
         rounds_table(rounds);
}

}  // namespace mlpgen
