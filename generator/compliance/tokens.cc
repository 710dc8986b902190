// TEST06, TEST07 and TEST09: what a language model answers in performance mode.
#include <cstring>

#include "compliance/parts.h"
#include "loadgen/accuracy_text.h"
#include "loadgen/audit_config.h"

namespace mlpgen::submission {
namespace {

// Whole numbers of 4 or 8 bytes; an error where the bytes are not a whole number of them.
Result<std::vector<int64_t>> tokens_of(const std::string& hexadecimal, const std::string& type) {
  Result<std::string> bytes = bytes_of(hexadecimal);
  if (!bytes) return bytes.error();
  size_t width = type == "int64" ? sizeof(int64_t) : sizeof(int32_t);
  if (bytes->size() % width)
    return Error{"an output of the accuracy log is no list of tokens of type " + type,
                 "set the type of the model's tokens"};
  std::vector<int64_t> tokens(bytes->size() / width);
  for (size_t i = 0; i < tokens.size(); ++i) {
    int32_t small = 0;
    if (width == sizeof small) {
      std::memcpy(&small, bytes->data() + i * width, width);
      tokens[i] = small;
    } else {
      std::memcpy(&tokens[i], bytes->data() + i * width, width);
    }
  }
  return tokens;
}

struct TokenFaults {
  size_t first = 0, end = 0, length = 0;  // answers with that fault
};

// Two end tokens at the end, a first token that is not the one of the first response, a count that
// is not that of the tokens.
Status count_faults(const ComplianceRuns& runs, const LoggedOutput& o, TokenFaults& faults) {
  Result<std::vector<int64_t>> answer = tokens_of(o.data, runs.tokens);
  if (!answer) return answer.error();
  Result<std::vector<int64_t>> first = tokens_of(o.token_data, runs.tokens);
  if (!first) return first.error();
  for (size_t i = 0; i < first->size() && i < answer->size(); ++i)
    if ((*first)[i] != (*answer)[i]) {
      ++faults.first;
      break;
    }
  size_t n = answer->size();
  auto is_end = [&](size_t i) { return (*answer)[i] == static_cast<int64_t>(runs.end_token); };
  if (n > 2 && is_end(n - 1) && is_end(n - 2)) ++faults.end;
  if (n != o.tokens) ++faults.length;
  return Done{};
}

Result<std::vector<LoggedOutput>> outputs_of(const ComplianceRuns& runs) {
  Result<std::vector<LoggedOutput>> outputs =
      read_accuracy_log(runs.run + "/mlperf_log_accuracy.json");
  if (outputs && outputs->empty())
    return Error{runs.test + ": the test's run logged no output", "run it again"};
  return outputs;
}

const char* python_bool(bool value) { return value ? "True" : "False"; }

}  // namespace

Result<ComplianceText> judge_tokens(const ComplianceRuns& runs) {
  Result<std::vector<LoggedOutput>> outputs = outputs_of(runs);
  if (!outputs) return outputs.error();
  TokenFaults f;
  for (const LoggedOutput& o : *outputs)
    if (Status s = count_faults(runs, o, f); !s) return s.error();
  bool first_asked = runs.scenario != "Offline";
  ComplianceText part;
  auto fault = [&](size_t count, const char* what) {
    if (count > 0)
      part.faults.push_back("TEST06: " + std::to_string(count) + " of " +
                            std::to_string(outputs->size()) + " answers " + what);
  };
  if (first_asked) fault(f.first, "do not begin with the token that was sent first");
  fault(f.end, "end in more than one end token");
  fault(f.length, "do not have the number of tokens that was reported");
  part.text = std::string("First token check pass: ") +
              (first_asked ? python_bool(f.first == 0) : "Skipped") +
              "\nEOS check pass: " + python_bool(f.end == 0) +
              "\nSample length check pass: " + python_bool(f.length == 0) +
              "\nTEST06 verification " + (part.faults.empty() ? "complete" : "failed") +
              "\n(by mlpgen, of " + std::to_string(outputs->size()) + " answers)\n";
  for (const std::string& said : part.faults) part.text += said + "\n";
  return part;
}

Result<ComplianceText> judge_threshold(const ComplianceRuns& runs) {
  std::map<std::string, std::string> metrics = metrics_in(runs.test_accuracy);
  auto found = metrics.find("exact_match");
  std::optional<double> score = found == metrics.end() ? std::nullopt : to_number(found->second);
  if (!score)
    return Error{"TEST07: nothing scored the outputs of the test: there is no 'exact_match'",
                 "give the accuracy script's text for them"};
  ComplianceText part{"",
                      "TEST07, accuracy in performance mode, by mlpgen\nexact_match = " +
                          number_text(*score) + ", at least " + number_text(kTest07Accuracy) + "\n",
                      {}};
  if (*score < kTest07Accuracy)
    part.faults.push_back("TEST07: the accuracy in performance mode is " + number_text(*score) +
                          ", and " + number_text(kTest07Accuracy) + " is asked for");
  end_text(part);
  return part;
}

Result<ComplianceText> judge_lengths(const ComplianceRuns& runs) {
  std::optional<TokenBounds> bounds = test09_bounds(runs.model);
  if (!bounds)
    return Error{"TEST09 has no bounds for " + runs.model,
                 "it is a test of gpt-oss-120b and e2e-rag-qna"};
  Result<std::vector<LoggedOutput>> outputs = outputs_of(runs);
  if (!outputs) return outputs.error();
  constexpr double kDigitsOfToken = 8;  // a token has four bytes
  double tokens = 0;
  for (const LoggedOutput& o : *outputs)
    tokens += static_cast<double>(o.data.size()) / kDigitsOfToken;
  double mean = tokens / static_cast<double>(outputs->size());
  ComplianceText part{"",
                      "TEST09, length of answers, by mlpgen\nmean tokens of " +
                          std::to_string(outputs->size()) + " answers = " + number_text(mean) +
                          ", " + number_text(bounds->least) + " to " + number_text(bounds->most) +
                          "\n",
                      {}};
  if (mean < bounds->least || mean > bounds->most)
    part.faults.push_back("TEST09: the answers have " + number_text(mean) +
                          " tokens in the mean; allowed are " + number_text(bounds->least) +
                          " to " + number_text(bounds->most));
  end_text(part);
  return part;
}

}  // namespace mlpgen::submission
