// What upstream's unmodified verification script of a compliance test wrote, beside mlpgen's own
// verdict. Its exit code says nothing: its texts decide.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compliance/verdict.h"

namespace mlpgen::submission {

class OfficialTexts {
 public:
  OfficialTexts() = default;
  OfficialTexts(std::map<std::string, std::string> texts, bool short_run)
      : texts_(std::move(texts)), short_run_(short_run) {}

  // The text of that file where the script passed it, else nullptr.
  const std::string* passed(const std::string& file) const;
  // What the script refuses that mlpgen passes, a sentence each. Not: the validity of a short run,
  // and outputs of TEST01 that differ where their accuracies are alike.
  std::vector<std::string> faults(const std::vector<ComplianceText>& own) const;

 private:
  std::map<std::string, std::string> texts_;  // by file
  bool short_run_ = false;
};

// Whether the checkers take that file's text for a passed test.
bool says_passed(const std::string& text);

// Of the folder that `mlpgen-tool official-verification` filled; "": no script ran. An error where
// a text is missing, which the script leaves out when it breaks down.
Result<OfficialTexts> read_official_texts(const std::string& folder, const ComplianceRuns& runs);

}  // namespace mlpgen::submission
