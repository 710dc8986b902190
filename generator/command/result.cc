// mlpgen result: what the last run of this directory came to.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "file/file.h"
#include "file/terminal.h"
#include "round/round.h"
#include "text/text.h"
#include "text/wrap.h"
#include "tree/result_facts.h"

namespace mlpgen {
namespace {

using ResultJson = nlohmann::ordered_json;
using submission::word_at;
constexpr size_t kResultIndent = 18;

// Products of a run as they are called in the run directory.
constexpr const char* kProducts[] = {"submission",     "open.tar.gz", "closed.tar.gz",
                                     "network.tar.gz", "summary.csv", "summary.json",
                                     "report.html",    "results"};

std::string plain_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

// Everything about one result, from which both forms are printed.
class OneResult {
 public:
  OneResult(const nlohmann::json& summary, const nlohmann::json& result, const Round* round)
      : result_(result), row_(submission::row_of(summary, result)) {
    model_ = word_at(result, "/model", "");
    scenario_ = word_at(result, "/scenario", "");
    division_ = row_.is_object() ? word_at(row_, "/Division", "") : "";
    if (round) rules_ = round->find(round->model_of(model_));
    std::string folder = "results/" + model_ + "-" + scenario_ + "/performance/measurement.json";
    Result<std::string> measured = read_file(folder);
    machine_ = measured ? nlohmann::json::parse(*measured, nullptr, false) : nlohmann::json();
  }

  ResultJson json() const {
    return {{"model", model_},
            {"scenario", scenario_},
            {"system", word_at(result_, "/system", "")},
            {"division", division_},
            {"category", row_.is_object() ? word_at(row_, "/SystemType", "") : ""},
            {"measured", submission::measured_text(row_, result_)},
            {"value",
             row_.is_object() ? ResultJson(row_.value("Result", nlohmann::json())) : ResultJson()},
            {"unit", row_.is_object() ? word_at(row_, "/Units", "") : ""},
            {"loadgen", word_at(result_, "/loadgen/verdict", "unknown")},
            {"missed", word_at(result_, "/loadgen/invalid_reason", "")},
            {"accuracy", result_.value("accuracy", nlohmann::json::object())},
            {"targets", targets_json()},
            {"machine", machine_json()},
            {"compliance", compliance()}};
  }

  std::string text(const std::string& round) const {
    std::string out = model_ + " " + scenario_ + ", round " + round;
    if (!division_.empty())
      out += ", " + division_ + " division, " + word_at(row_, "/SystemType", "");
    out += "\n" + row("result", submission::measured_text(row_, result_));
    if (std::string limit = latency_limit(); !limit.empty()) out += row("target", limit);
    std::string missed = trim_text(word_at(result_, "/loadgen/invalid_reason", ""));
    out += row("LoadGen", word_at(result_, "/loadgen/verdict", "unknown") +
                              (missed.empty() ? "" : ": " + missed));
    const nlohmann::json accuracy = result_.value("accuracy", nlohmann::json::object());
    for (const auto& [metric, value] : accuracy.items())
      out += row("accuracy", submission::accuracy_text(metric, value) + target_of(metric, value));
    return out + row("machine", machine_text()) + row("compliance", compliance());
  }

  static std::string row(const std::string& name, const std::string& text) {
    return "  " + name + std::string(kResultIndent - 2 - name.size(), ' ') + text + "\n";
  }

 private:
  static std::string trim_text(const std::string& text) { return std::string(trim(text)); }

  std::vector<const Metric*> metrics() const {
    return rules_ ? rules_->metrics(scenario_) : std::vector<const Metric*>();
  }

  ResultJson targets_json() const {
    ResultJson all = ResultJson::array();
    for (const Metric* m : metrics()) {
      ResultJson one = {{"metric", m->name}, {"for", "closed division"}};
      if (m->at_least) one["at_least"] = m->at_least->value;
      if (m->at_most) one["at_most"] = m->at_most->value;
      all.push_back(one);
    }
    return all;
  }

  // What the closed division asks for of this metric, and whether it was reached.
  std::string target_of(const std::string& name, const nlohmann::json& value) const {
    for (const Metric* m : metrics()) {
      if (m->name != name || !m->at_least || !value.is_number()) continue;
      bool reached = value.get<double>() >= m->at_least->value;
      return std::string(reached ? "; reaches" : "; misses") + " the " +
             plain_number(m->at_least->value) + " of the closed division";
    }
    return "";
  }

  std::string latency_limit() const {
    if (!rules_) return "";
    auto limit = rules_->latency_limit_ns.find(scenario_);
    if (limit == rules_->latency_limit_ns.end()) return "";
    return "latency at most " + plain_number(static_cast<double>(limit->second.value) / 1e6) +
           " ms (the round's)";
  }

  ResultJson machine_json() const {
    if (!machine_.is_object()) return {};
    return {{"quiet", machine_.value("quiet", nlohmann::json())},
            {"load", machine_.value("load_at_start", nlohmann::json())},
            {"cores", machine_.value("cores", nlohmann::json())},
            {"seconds", machine_.value("seconds", nlohmann::json())}};
  }

  std::string machine_text() const {
    if (!machine_.is_object()) return "not on record";
    std::string load = word_at(machine_, "/load_at_start/1_min", "?") + " on " +
                       word_at(machine_, "/cores", "?") + " cores";
    if (machine_.value("quiet", false)) return "quiet (load " + load + " at the start)";
    return "NOT QUIET: load " + load +
           " at the start, so this number says little; end other programs, then: mlpgen rerun "
           "performance";
  }

  std::string compliance() const {
    if (division_ != "closed") return "the open division asks for no test";
    if (!rules_ || rules_->compliance.empty()) return "the round asks for no test of this model";
    return "the round asks for " + join(rules_->compliance, ", ") + ": see the checker";
  }

  const nlohmann::json result_, row_;
  std::string model_, scenario_, division_;
  const RoundModel* rules_ = nullptr;
  nlohmann::json machine_;  // measurement.json, or null
};

std::string note_rows(const nlohmann::json& summary) {
  std::string out = OneResult::row(
      "checker",
      "mlpgen's: " + submission::verdict_of(summary, "/mlpgen/checkers/mlpgen/verdict") +
          "; official: " + submission::verdict_of(summary, "/mlpgen/checkers/official/verdict"));
  if (word_at(summary, "/mlpgen/test_run", "False") == "True")
    out += OneResult::row("test run", "not a result to publish");
  if (std::string what = word_at(summary, "/mlpgen/stand_in", ""); !what.empty())
    out += OneResult::row("stand-ins", what);
  return out;
}

// Paths as they can be opened from where the user stands.
std::vector<std::string> products(const std::string& directory) {
  std::vector<std::string> made;
  for (const char* name : kProducts)
    if (exists(name)) made.push_back(directory + name);
  return made;
}

std::optional<nlohmann::json> read_summary(Session& s, bool required) {
  Result<std::string> text = exists("summary.json") ? read_file("summary.json") : std::string();
  nlohmann::json j = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
  if (j.is_object() && j.contains("mlpgen")) return j;
  if (required)
    s.sink.error("no-result", {}, "this run directory has no result yet")
        .with_help("type: ninja" + s.in_directory() + " submission");
  return std::nullopt;
}

void print_result(Session& s, const nlohmann::json& summary, const std::string& directory) {
  std::vector<Round> rounds =
      load_rounds(s.sources, s.installation.root + "/recipes/rounds", s.sink);
  std::string name = word_at(summary, "/mlpgen/round", "");
  const Round* round = find_round(rounds, name);
  ResultJson j = {{"format", 1}, {"round", name}, {"results", ResultJson::array()}};
  std::string text;
  for (const nlohmann::json& r : summary["mlpgen"].value("results", nlohmann::json::array())) {
    OneResult one(summary, r, round);
    j["results"].push_back(one.json());
    text += one.text(name);
  }
  j["checkers"] = summary["mlpgen"].value("checkers", nlohmann::json::object());
  j["test_run"] = summary["mlpgen"].value("test_run", false);
  j["stand_in"] = word_at(summary, "/mlpgen/stand_in", "");
  j["files"] = products(directory);
  if (s.json) {
    std::cout << j.dump(2, ' ', false, ResultJson::error_handler_t::replace) << "\n";
    return;
  }
  text += note_rows(summary) + OneResult::row("files", join(products(directory), ", "));
  Terminal out = terminal_at(1);
  std::cout << (out.is_terminal ? wrap(text, out.columns, kResultIndent) : text);
}

}  // namespace

static int run_result(const CommandLine& line) {
  Session s(line);
  if (!s.usable || (!line.has("--if-any") && !s.is_configured())) return s.finish();
  std::optional<nlohmann::json> summary = read_summary(s, !line.has("--if-any"));
  std::string directory = line.option("-C");
  if (!directory.empty() && !directory.ends_with('/')) directory += '/';
  if (summary) print_result(s, *summary, directory);
  return s.finish();
}

CommandEntry result_entry() {
  return {
      "result",
      "",
      "Print the result of this run directory: metric, target, verdict, machine, checker, files",
      R"(It reads summary.json and what was noted while the measurement ran; `ninja submission`
ends with the same text.)",
      {{"--if-any", "", "print nothing, and succeed, where there is no result yet"},
       kDirectoryOption,
       kFormatOption,
       kHelpOption},
      false,
      run_result};
}

}  // namespace mlpgen
