// Lines of accuracy scripts. A value that may stand anywhere is read at its last place in the line.
#include "loadgen/accuracy_text.h"

#include <charconv>
#include <functional>

#include "text/text.h"

namespace mlpgen::submission {
namespace {

// Reads a line from left to right; each step says whether it was there.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}

  bool word(std::string_view w) {
    if (rest_.substr(0, w.size()) != w) return false;
    rest_.remove_prefix(w.size());
    return true;
  }
  size_t blanks() {
    size_t n = 0;
    while (n < rest_.size() && (rest_[n] == ' ' || (rest_[n] >= '\t' && rest_[n] <= '\r'))) ++n;
    rest_.remove_prefix(n);
    return n;
  }
  void any_of(std::string_view set) {
    while (!rest_.empty() && set.find(rest_.front()) != std::string_view::npos)
      rest_.remove_prefix(1);
  }
  bool quote() { return word("\"") || word("'"); }
  std::optional<std::string> digits() {
    size_t n = 0;
    while (n < rest_.size() && ((rest_[n] >= '0' && rest_[n] <= '9') || rest_[n] == '.')) ++n;
    if (n == 0) return std::nullopt;
    std::string out(rest_.substr(0, n));
    rest_.remove_prefix(n);
    return out;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

using Found = std::optional<std::string>;

// The value behind the last place of `marker` behind which one can be read.
Found behind(std::string_view line, std::string_view marker, size_t min_blanks, size_t max_blanks,
             bool quoted) {
  for (size_t at = line.rfind(marker); at != std::string_view::npos;
       at = at ? line.rfind(marker, at - 1) : at - 1) {
    Cursor c(line.substr(at + marker.size()));
    size_t blanks = c.blanks();
    if (blanks < min_blanks || blanks > max_blanks) continue;
    if (quoted) c.word("'");
    if (Found value = c.digits()) return value;
  }
  return std::nullopt;
}

constexpr size_t kAny = static_cast<size_t>(-1);

Found accuracy_word(std::string_view line) {  // accuracy=76.4, {"accuracy": 76.4
  Cursor c(line);
  if (!c.word("{\"accuracy") && !c.word("accuracy")) return std::nullopt;
  c.any_of("\": ");
  c.word("=");
  c.blanks();
  return c.digits();
}

Found mean_average_precision(std::string_view line) {  // mAP=37.5%, 'Total': 37.5
  size_t a = line.rfind("mAP="), b = line.rfind("'Total':");
  bool first = b == std::string_view::npos || (a != std::string_view::npos && a > b);
  Found value = behind(line, first ? "mAP=" : "'Total':", 0, kAny, false);
  return value ? value : behind(line, first ? "'Total':" : "mAP=", 0, kAny, false);
}

Found f1(std::string_view line) {  // {"exact_match": 83.7, "f1": 90.87}
  Cursor c(line);
  if (!c.word("{") || !c.quote() || !c.word("exact_match") || !c.quote() || !c.word(":"))
    return std::nullopt;
  c.blanks();
  if (!c.digits() || !c.word(",")) return std::nullopt;
  c.blanks();
  if (!c.quote() || !c.word("f1") || !c.quote() || !c.word(":")) return std::nullopt;
  c.blanks();
  Found value = c.digits();
  return value && c.word("}") ? value : std::nullopt;
}

Found word_error_rate(std::string_view line) {  // Word Error Rate: 2.1, accuracy=97.9%
  constexpr std::string_view kStart = "Word Error Rate:", kMark = ", accuracy=";
  if (line.substr(0, kStart.size()) != kStart) return std::nullopt;
  for (size_t at = line.rfind(kMark); at != std::string_view::npos && at >= kStart.size();
       at = line.rfind(kMark, at - 1)) {
    Cursor c(line.substr(at + kMark.size()));
    Found value = c.digits();
    if (value && c.word("%")) return value;
  }
  return std::nullopt;
}

Found dice(std::string_view line) {  // Accuracy: mean = 0.8617
  Cursor c(line);
  if (!c.word("Accuracy:")) return std::nullopt;
  c.blanks();
  if (!c.word("mean")) return std::nullopt;
  c.blanks();
  if (!c.word("=")) return std::nullopt;
  c.blanks();
  return c.digits();
}

Found at_start(std::string_view line, std::string_view marker, bool blanks) {
  Cursor c(line);
  if (!c.word(marker)) return std::nullopt;
  if (blanks) c.blanks();
  return c.digits();
}

Found hierarchical_f1(std::string_view line) {  // {..., "f1": 0.79, ...}
  if (line.empty() || line.front() != '{') return std::nullopt;
  size_t end = line.rfind('}');
  return end == std::string_view::npos ? std::nullopt
                                       : behind(line.substr(0, end), "\"f1\":", 0, kAny, false);
}

using Reader = std::function<Found(std::string_view)>;

Reader entry(const char* key, size_t max_blanks, bool quoted) {  // 'key': value
  std::string marker = "'" + std::string(key) + "':";
  return [=](std::string_view line) { return behind(line, marker, 1, max_blanks, quoted); };
}

Reader rating(const char* key) {
  std::string marker = "metric/lifetime_" + std::string(key) + "/rating:";
  return [=](std::string_view line) { return behind(line, marker, 0, kAny, false); };
}

const std::map<std::string, Reader, std::less<>>& readers() {
  static const std::map<std::string, Reader, std::less<>> kReaders = {
      {"acc", accuracy_word},
      {"mAP", mean_average_precision},
      {"F1", f1},
      {"ACCURACY", word_error_rate},
      {"WER", word_error_rate},
      {"DICE", dice},
      {"F1_HIERARCHICAL", hierarchical_f1},
      {"AUC", [](std::string_view line) { return at_start(line, "AUC=", false); }},
      {"E2E_ACCURACY", [](std::string_view line) { return at_start(line, "Accuracy:", true); }},
      {"DLRM_NE", rating("ne")},
      {"DLRM_ACC", rating("accuracy")},
      {"DLRM_AUC", rating("gauc")},
      {"ROUGE1", entry("rouge1", kAny, true)},
      {"ROUGE2", entry("rouge2", kAny, true)},
      {"ROUGEL", entry("rougeL", kAny, true)},
      {"ROUGELSUM", entry("rougeLsum", kAny, true)},
      {"CLIP_SCORE", entry("CLIP_SCORE", kAny, true)},
      {"FID_SCORE", entry("FID_SCORE", kAny, true)},
      {"GEN_LEN", entry("gen_len", 1, false)},
      {"TOKENS_PER_SAMPLE", entry("tokens_per_sample", 1, false)},
      {"gsm8k_accuracy", entry("gsm8k", 1, false)},
      {"mbxp_accuracy", entry("mbxp", 1, false)},
      {"exact_match", entry("exact_match", 1, false)},
      {"vbench_score", entry("vbench_score", 1, false)},
  };
  return kReaders;
}

}  // namespace

std::optional<std::string> metric_in_line(std::string_view metric, std::string_view line) {
  auto at = readers().find(metric);
  return at == readers().end() ? std::nullopt : at->second(line);
}

std::map<std::string, std::string> metrics_in(std::string_view text) {
  std::map<std::string, std::string> found;
  for (const std::string& line : split(text, '\n')) {
    for (const auto& [metric, reader] : readers())
      if (Found value = reader(line)) found[metric] = *value;
    if (Found rate = at_start(line, "Word Error Rate:", true)) found["WER"] = *rate;
  }
  return found;
}

std::optional<double> to_number(std::string_view digits) {
  double value = 0;
  auto [end, why] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (why != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace mlpgen::submission
