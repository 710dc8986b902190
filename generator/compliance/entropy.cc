// TEST08: predictions of a recommender in performance mode, judged by the labels of the accuracy
// run.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "compliance/parts.h"

namespace mlpgen::submission {
namespace {

using Floats = std::vector<float>;

constexpr double kLeast = 1e-7;  // of a prediction, and its most is 1 less this

Result<Floats> floats_of(const std::string& hexadecimal) {
  Result<std::string> bytes = bytes_of(hexadecimal);
  if (!bytes) return bytes.error();
  Floats out(bytes->size() / sizeof(float));
  std::memcpy(out.data(), bytes->data(), out.size() * sizeof(float));
  return out;
}

// An output of the accuracy run: time step, query, then of each of the candidates a prediction, a
// label and a weight, and their number at the end.
struct Scored {
  std::pair<int64_t, int64_t> key;
  Floats predictions, labels, weights;
};

Result<Scored> scored_of(const Floats& f) {
  constexpr size_t kFrame = 3;
  size_t n = f.empty() ? 0 : static_cast<size_t>(f.back());
  if (f.empty() || f.size() != kFrame + 3 * n)
    return Error{"TEST08: an output of the accuracy run has not the form of a recommender's",
                 "TEST08 is a test of dlrm-v3"};
  auto part = [&](size_t from) {
    return Floats(f.begin() + static_cast<std::ptrdiff_t>(from),
                  f.begin() + static_cast<std::ptrdiff_t>(from + n));
  };
  return Scored{{static_cast<int64_t>(f[0]), static_cast<int64_t>(f[1])},
                part(2),
                part(2 + n),
                part(2 + 2 * n)};
}

// Cross entropy over that of the mean label.
double normalised_entropy(const Floats& predictions, const Scored& s) {
  auto within = [](double x) { return std::clamp(x, kLeast, 1 - kLeast); };
  double weight = 0, labelled = 0, cross = 0;
  for (size_t i = 0; i < s.labels.size() && i < predictions.size(); ++i) {
    double w = s.weights[i], p = within(predictions[i]), l = within(s.labels[i]);
    weight += w;
    labelled += w * l;
    cross -= w * (l * std::log(p) + (1 - l) * std::log(1 - p));
  }
  if (weight == 0) return 0;
  double mean = within(labelled / weight);
  double base = -mean * std::log(mean) - (1 - mean) * std::log(1 - mean);
  return base == 0 ? 0 : cross / (base * weight);
}

Result<std::map<std::pair<int64_t, int64_t>, Scored>> scored_log(const std::string& folder) {
  Result<std::vector<LoggedOutput>> log = read_accuracy_log(folder + "/mlperf_log_accuracy.json");
  if (!log) return log.error();
  std::map<std::pair<int64_t, int64_t>, Scored> all;
  for (const LoggedOutput& o : *log) {
    Result<Floats> floats = floats_of(o.data);
    if (!floats) return floats.error();
    Result<Scored> scored = scored_of(*floats);
    if (!scored) return scored.error();
    all[scored->key] = std::move(*scored);
  }
  return all;
}

}  // namespace

Result<ComplianceText> judge_entropy(const ComplianceRuns& runs) {
  constexpr double kTolerance = 0.001;
  auto known = scored_log(runs.accuracy);
  if (!known) return known.error();
  auto log = read_accuracy_log(runs.run + "/mlperf_log_accuracy.json");
  if (!log) return log.error();
  size_t matched = 0, unknown = 0, other = 0;
  for (const LoggedOutput& o : *log) {
    Result<Floats> f = floats_of(o.data);
    if (!f) return f.error();
    auto it = f->size() < 2
                  ? known->end()
                  : known->find({static_cast<int64_t>((*f)[0]), static_cast<int64_t>((*f)[1])});
    if (it == known->end()) {
      ++unknown;
      continue;
    }
    ++matched;
    double before = normalised_entropy(it->second.predictions, it->second),
           now = normalised_entropy(Floats(f->begin() + 2, f->end()), it->second);
    bool alike = before == 0 ? now == 0 : std::abs(now - before) <= kTolerance * std::abs(before);
    if (!alike) ++other;
  }
  ComplianceText part{
      "",
      "TEST08, normalised entropy, by mlpgen\nknown queries = " + std::to_string(matched) +
          "\nunknown queries = " + std::to_string(unknown) +
          "\nnot within 0.1 % = " + std::to_string(other) + "\n",
      {}};
  if (matched == 0 || unknown > 0)
    part.faults.push_back("TEST08: " + std::to_string(unknown) + " of " +
                          std::to_string(log->size()) +
                          " outputs are of queries that the accuracy run lacks");
  if (other > 0)
    part.faults.push_back("TEST08: the normalised entropy of " + std::to_string(other) +
                          " queries differs by more than 0.1 % from the accuracy run's");
  end_text(part);
  return part;
}

}  // namespace mlpgen::submission
