// Markdown as GitHub and others read it: a '|' in a cell is escaped, in code spans too.
#include "page/markdown.h"

#include <cassert>

#include "text/text.h"

namespace mlpgen::markdown {

std::string plain(const std::string& text) {
  std::string out;
  bool in_code = false;
  for (char c : text) {
    if (c == '`') in_code = !in_code;
    if (c == '|' || (!in_code && (c == '*' || c == '<'))) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string code(const std::string& text) {
  if (text.empty()) return "";
  std::string inner = replace_all(replace_all(text, "|", "\\|"), "\n", " ");
  return text.find('`') == std::string::npos ? "`" + inner + "`" : "`` " + inner + " ``";
}

std::string codes(const std::vector<std::string>& texts, const char* separator) {
  std::vector<std::string> all;
  for (const std::string& t : texts) all.push_back(code(t));
  return join(all, separator);
}

std::string link(const std::string& text, const std::string& to) {
  return "[" + text + "](" + to + ")";
}

void Table::add(std::vector<std::string> cells) {
  assert(cells.size() == head_.size() && "a row has a cell for each column");
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<size_t> used;
  for (size_t i = 0; i < head_.size(); ++i)
    for (const auto& row : rows_)
      if (!row[i].empty()) {
        used.push_back(i);
        break;
      }
  auto line = [&](const std::vector<std::string>& cells) {
    std::string out = "|";
    for (size_t i : used) out += cells[i].empty() ? " |" : " " + cells[i] + " |";
    return out + "\n";
  };
  if (used.empty()) return "";
  std::string out = line(head_) + "|";
  for (size_t i = 0; i < used.size(); ++i) out += "---|";
  out += "\n";
  for (const auto& row : rows_) out += line(row);
  return out;
}

std::string section(const std::string& title, const Table& table) {
  return table.empty() ? "" : "\n## " + title + "\n\n" + table.text();
}

}  // namespace mlpgen::markdown
