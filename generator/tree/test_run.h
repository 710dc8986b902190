// How mlpgen's own texts say that a result comes from a short test run.
#pragma once

#include <string>
#include <string_view>

namespace mlpgen::submission {

// The Markdown text with a section "Test run" unless it says the sentence already; `sentence` may
// be empty.
std::string with_test_run(std::string_view text, std::string_view sentence);

// TEST-RUN.md, which stands beside the division folder.
std::string test_run_page(std::string_view sentence);

}  // namespace mlpgen::submission
