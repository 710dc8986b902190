// CSV cells and their types.
#include "tree/csv_table.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace mlpgen::submission {
namespace {

using OrderedJson = nlohmann::ordered_json;

bool is_missing(const std::string& cell) {
  constexpr std::array kMissing = {"",     "N/A",  "NA",   "n/a",  "NaN",  "nan",
                                   "-nan", "NULL", "null", "None", "<NA>", "#N/A"};
  return std::find(kMissing.begin(), kMissing.end(), cell) != kMissing.end();
}

template <class T>
bool reads_as(const std::string& cell, T& value) {
  auto [end, why] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return why == std::errc{} && end == cell.data() + cell.size();
}

enum class Type { kWhole, kNumber, kFlag, kText };

Type type_of(const CsvTable& table, size_t column) {
  bool whole = true, number = true, flag = true, any = false, missing = false;
  for (const auto& row : table.rows) {
    const std::string& cell = row[column];
    if (is_missing(cell)) {
      missing = true;
      continue;
    }
    any = true;
    int64_t i = 0;
    double d = 0;
    whole = whole && reads_as(cell, i);
    number = number && reads_as(cell, d);
    flag = flag && (cell == "True" || cell == "False");
  }
  if (!any) return Type::kText;
  if (whole && !missing) return Type::kWhole;
  if (number) return Type::kNumber;
  return flag ? Type::kFlag : Type::kText;
}

OrderedJson typed(const std::string& cell, Type type) {
  int64_t i = 0;
  double d = 0;
  if (is_missing(cell)) return nullptr;
  if (type == Type::kWhole && reads_as(cell, i)) return i;
  if (type == Type::kNumber && reads_as(cell, d)) return d;
  if (type == Type::kFlag) return cell == "True";
  return cell;
}

// Reads one cell; leaves `rest` at the comma or line end behind it.
std::string take_cell(std::string_view& rest) {
  std::string cell;
  if (rest.empty() || rest.front() != '"') {
    size_t end = std::min(rest.find_first_of(",\n"), rest.size());
    cell = rest.substr(0, end);
    rest.remove_prefix(end);
    return cell;
  }
  rest.remove_prefix(1);
  while (!rest.empty()) {
    char c = rest.front();
    rest.remove_prefix(1);
    bool doubled = c == '"' && !rest.empty() && rest.front() == '"';
    // The official checker does not double quotes inside a cell: one that no comma or line end
    // follows is text.
    bool inside = c == '"' && !rest.empty() && rest.front() != ',' && rest.front() != '\n' &&
                  rest.front() != '\r';
    if (c == '"' && !inside) break;
    if (doubled) rest.remove_prefix(1);
    cell += c;
  }
  return cell;
}

std::vector<std::string> take_row(std::string_view& rest) {
  std::vector<std::string> row;
  for (;;) {
    row.push_back(take_cell(rest));
    if (!rest.empty() && rest.front() == '\r') rest.remove_prefix(1);
    if (rest.empty() || rest.front() != ',') break;
    rest.remove_prefix(1);
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return row;
}

}  // namespace

Result<CsvTable> parse_csv(std::string_view text, const std::string& path) {
  CsvTable table;
  if (text.empty()) return Error{path + " is empty", "make it with `mlpgen-tool check`"};
  table.columns = take_row(text);
  while (!text.empty()) {
    table.rows.push_back(take_row(text));
    if (table.rows.back().size() != table.columns.size())
      return Error{path + ": row " + std::to_string(table.rows.size()) + " has " +
                       std::to_string(table.rows.back().size()) + " cells; the header has " +
                       std::to_string(table.columns.size()),
                   "take the file as the checker wrote it"};
  }
  return table;
}

OrderedJson to_typed_json(const CsvTable& table) {
  OrderedJson out = OrderedJson::object();
  for (size_t r = 0; r < table.rows.size(); ++r) out[std::to_string(r)] = OrderedJson::object();
  for (size_t c = 0; c < table.columns.size(); ++c) {
    Type type = type_of(table, c);
    for (size_t r = 0; r < table.rows.size(); ++r)
      out[std::to_string(r)][table.columns[c]] = typed(table.rows[r][c], type);
  }
  return out;
}

}  // namespace mlpgen::submission
