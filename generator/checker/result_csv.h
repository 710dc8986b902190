// summary.csv, byte for byte as the official modular checker writes it: submission.md §6.
#pragma once

#include <string>
#include <vector>

#include "checker/result_under_check.h"

namespace mlpgen::submission {

const std::vector<std::string>& csv_columns();
// The cells of a result whose metric, system and measurements are known; a second row for its
// power.
std::vector<std::vector<std::string>> csv_rows(const ResultUnderCheck& result);
// The header without quotes, then each row with every cell in double quotes.
std::string to_csv(const std::vector<std::vector<std::string>>& rows);

}  // namespace mlpgen::submission
