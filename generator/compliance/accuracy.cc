// Two accuracy texts compared as the official checker does.
#include "compliance/accuracy.h"

#include <cmath>
#include <optional>

#include "loadgen/accuracy_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

// nothing: a line whose digits are no number, or none at all
std::optional<double> last_of(const std::string& metric, const std::string& text) {
  std::optional<double> value;
  for (const std::string& line : split(text, '\n'))
    if (std::optional<std::string> digits = metric_in_line(metric, line)) {
      value = to_number(*digits);
      if (!value) return value;
    }
  return value;
}

double allowed_percent(const std::string& model, const std::string& metric) {
  if (model == "stable-diffusion-xl") return metric == "FID_SCORE" ? 2 : 1;
  return model.find("99.9") == std::string::npos ? 1 : 0.1;
}

}  // namespace

std::vector<std::string> accuracy_differences(const RoundModel& rules, const std::string& scenario,
                                              const std::string& baseline,
                                              const std::string& compliance) {
  std::vector<std::string> faults;
  for (const Metric* m : rules.metrics(scenario)) {
    if (!m->at_least) continue;
    std::optional<double> first = last_of(m->name, baseline), second = last_of(m->name, compliance);
    if (!first || !second || *first == 0 || *second == 0) {
      faults.push_back("TEST01 has no two values of " + m->name + " to compare");
      continue;
    }
    double percent = std::abs(1 - *first / *second) * 100,
           allowed = allowed_percent(rules.name, m->name);
    if (percent > allowed)
      faults.push_back("TEST01: " + m->name + " of the test's outputs differs by " +
                       std::to_string(percent) + " % from the accuracy run's; " +
                       std::to_string(allowed) + " % are allowed");
  }
  return faults;
}

}  // namespace mlpgen::submission
