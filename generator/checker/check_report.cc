// The report of mlpgen's own checker as text and as JSON.
#include "checker/check_report.h"

#include <algorithm>
#include <utility>

#include "text/text.h"

namespace mlpgen::submission {
namespace {

// The same sentence at one or many places.
struct Cause {
  const Breach* first;
  size_t places = 0, results = 0;
};

// Errors first, each cause where it is met first.
std::vector<Cause> causes_of(const CheckReport& report) {
  std::vector<Cause> causes;
  std::map<std::pair<std::string, std::string>, size_t> known;
  for (Strictness severity : {Strictness::kError, Strictness::kWarning}) {
    known.clear();
    for (const Breach& b : report.breaches) {
      if (b.severity != severity) continue;
      auto [at, fresh] = known.try_emplace({b.rule, b.message}, causes.size());
      if (fresh) causes.push_back({&b});
      causes[at->second].places += 1;
      causes[at->second].results += b.results;
    }
  }
  return causes;
}

}  // namespace

void CheckReport::error(std::string rule, Where where, std::string message, std::string help) {
  say(Strictness::kError, std::move(rule), std::move(where), std::move(message), std::move(help));
}

void CheckReport::say(Strictness severity, std::string rule, Where where, std::string message,
                      std::string help) {
  if (severity == Strictness::kOff) return;
  refused_here_ = refused_here_ || severity == Strictness::kError;
  size_t one = result_.empty() ? 0 : 1;
  if (severity == Strictness::kError && one == 1) refused_by[result_].insert(rule);
  std::string key = rule + '\n' + where.text() + '\n' + message;
  auto [at, fresh] = known_.try_emplace(std::move(key), breaches.size(), result_);
  if (fresh) {
    breaches.push_back(
        {severity, std::move(rule), std::move(where), std::move(message), std::move(help), one});
    return;
  }
  Breach& before = breaches[at->second.first];
  before.severity = std::max(before.severity, severity);
  if (at->second.second != result_) before.results += one;
  at->second.second = result_;
}

void CheckReport::leave_out(const std::string& sentence) {
  if (std::find(not_checked.begin(), not_checked.end(), sentence) == not_checked.end())
    not_checked.push_back(sentence);
}

void CheckReport::add(const CheckReport& later) {
  std::string before = std::exchange(result_, later.result_);
  for (const Breach& b : later.breaches) say(b.severity, b.rule, b.where, b.message, b.help);
  result_ = before;
  for (const std::string& sentence : later.not_checked) leave_out(sentence);
  rows.insert(rows.end(), later.rows.begin(), later.rows.end());
  results += later.results;
  refused += later.refused;
}

size_t CheckReport::errors() const {
  return static_cast<size_t>(std::count_if(breaches.begin(), breaches.end(), [](const Breach& b) {
    return b.severity == Strictness::kError;
  }));
}

std::string to_text(const CheckReport& report) {
  std::string out;
  for (const Cause& c : causes_of(report)) {
    const Breach& b = *c.first;
    out += (b.severity == Strictness::kError ? "error: " : "warning: ") + b.message + "  [" +
           b.rule + "]\n  --> " + b.where.text() + "\n";
    if (c.places > 1) out += "  and at " + counted(c.places - 1, "further place") + "\n";
    if (c.results > 1) out += "  concerns " + counted(c.results, "result") + "\n";
    if (!b.help.empty()) out += "help: " + b.help + "\n";
  }
  for (const std::string& sentence : report.not_checked) out += "not checked: " + sentence + "\n";
  out += report.ok() ? "mlpgen's checker: the tree keeps the rules of " + report.round
                     : "mlpgen's checker: the tree breaks rules of " + report.round;
  return out + " (" + counted(report.results, "result") + " taken, " +
         std::to_string(report.refused) + " refused, " + counted(report.errors(), "error") + ", " +
         counted(report.breaches.size() - report.errors(), "warning") + ")\n";
}

std::string to_json(const CheckReport& report) {
  nlohmann::ordered_json j;
  j["format"] = 1;
  j["checker"] = "mlpgen";
  j["round"] = report.round;
  j["verdict"] = report.ok() ? "ok" : "errors";
  j["results"] = report.results;
  j["refused"] = report.refused;
  j["breaches"] = nlohmann::ordered_json::array();
  for (const Breach& b : report.breaches) {
    nlohmann::ordered_json breach = {
        {"severity", b.severity == Strictness::kError ? "error" : "warning"},
        {"rule", b.rule},
        {"where", b.where.path}};
    if (b.where.line > 0) breach["line"] = b.where.line;
    breach.update({{"message", b.message}, {"help", b.help}, {"results", b.results}});
    j["breaches"].push_back(std::move(breach));
  }
  j["refused_results"] = nlohmann::ordered_json::array();
  for (const auto& [result, rules] : report.refused_by)
    j["refused_results"].push_back({{"result", result}, {"rules", rules}});
  j["not_checked"] = report.not_checked;
  return j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace mlpgen::submission
