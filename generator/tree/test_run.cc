// The words about a test run.
#include "tree/test_run.h"

namespace mlpgen::submission {

std::string with_test_run(std::string_view text, std::string_view sentence) {
  std::string out(text);
  if (sentence.empty() || text.find(sentence) != std::string_view::npos) return out;
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out + "\n## Test run\n\n" + std::string(sentence) + "\n";
}

std::string test_run_page(std::string_view sentence) {
  return "# This is a test run\n\n" + std::string(sentence) +
         "\n\nThe numbers in this tree show that the whole way works, from data set to checker. "
         "They are not a\n"
         "result of MLPerf Inference: do not publish them, and do not compare them with others.\n";
}

}  // namespace mlpgen::submission
