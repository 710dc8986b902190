// The texts that mlpgen writes into a submission tree itself.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "tree/layout.h"

namespace mlpgen::submission {

// The lock of a submission; one with stand-ins is taken by --lock alone, under another name.
inline constexpr const char* kSubmissionLock = "mlpgen.lock";
inline constexpr const char* kStandInLock = "stand-ins.lock";

// The system description with the sentence in its sw_notes, unless a note says it already. Without
// a sentence the bytes stay as they are. An error when the text is not one JSON object.
Result<std::string> system_with_note(const std::string& json, const std::string& sentence,
                                     const std::string& path);

// The code folder of a result: code/MODEL/IMPLEMENTATION (split; the implementation is read from
// the name of the measurements' JSON) or src/MODEL (flat). Relative to the tree's root.
std::string code_folder_of(const std::string& root, const ResultPlace& place);

// README.md with the line that makes all of it again and where its lock lies.
std::string with_request(std::string_view readme, std::string_view command,
                         const std::string& lock_name);

// calibration.md: what each result's measurements say about data types and weights.
Result<std::string> calibration_page(const std::string& root,
                                     const std::vector<ResultPlace>& places);

// The name of a result's measurements JSON in `folder`, as the checkers look for it (submission.md
// §1.2); "" = none.
std::string find_measurements(const std::string& root, const ResultPlace& place);

}  // namespace mlpgen::submission
