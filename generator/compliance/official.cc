// Texts of upstream's verification scripts.
#include "compliance/official.h"

#include "compliance/tests.h"
#include "file/file.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

// "TEST FAIL: Invalid results in PATH" and its older words: LoadGen's verdict alone.
bool is_about_validity(const std::string& text) {
  return lower(text).find("invalid results") != std::string::npos ||
         lower(text).find("results are invalid") != std::string::npos;
}

std::string last_line_of(const std::string& text) {
  std::vector<std::string> lines = split(trim(text), '\n');
  return lines.empty() ? "nothing" : lines.back();
}

}  // namespace

bool says_passed(const std::string& text) {
  if (text.find("TEST PASS") != std::string::npos) return true;
  return text.find("TEST06 verification complete") != std::string::npos;
}

const std::string* OfficialTexts::passed(const std::string& file) const {
  auto it = texts_.find(file);
  return it != texts_.end() && says_passed(it->second) ? &it->second : nullptr;
}

std::vector<std::string> OfficialTexts::faults(const std::vector<ComplianceText>& own) const {
  std::vector<std::string> said;
  for (const ComplianceText& part : own) {
    auto it = texts_.find(part.file);
    bool passed_over = it == texts_.end() || says_passed(it->second) || part.outputs_differ ||
                       (short_run_ && is_about_validity(it->second));
    if (!passed_over)
      said.push_back("upstream's script says in " + part.file + ": " + last_line_of(it->second));
  }
  return said;
}

Result<OfficialTexts> read_official_texts(const std::string& folder, const ComplianceRuns& runs) {
  if (folder.empty()) return OfficialTexts();
  std::map<std::string, std::string> texts;
  for (const TestFiles& test : kComplianceTests) {
    if (runs.test != test.name) continue;
    for (const char* file : {test.run ? "verify_performance.txt" : nullptr, test.verdict}) {
      if (!file) continue;
      Result<std::string> text = read_file(folder + "/" + file);
      if (!text) return text.error();
      texts[file] = *text;
    }
  }
  return OfficialTexts(std::move(texts), runs.short_run);
}

}  // namespace mlpgen::submission
