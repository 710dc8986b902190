// summary.csv -> typed columns, as pandas would type them (submission.md §11).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

struct CsvTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

// RFC 4180: cells in double quotes may hold commas, line ends and doubled quotes. An error for a
// row of another width.
Result<CsvTable> parse_csv(std::string_view text, const std::string& path);

// {"0": {column: value, ...}, "1": ...}. A column whose cells are all whole numbers, all numbers or
// all True/False becomes that; empty cells and N/A, NA, None, nan, null are null, and a
// whole-number column with one becomes 2.0.
nlohmann::ordered_json to_typed_json(const CsvTable& table);

}  // namespace mlpgen::submission
