// Texts to Markdown: code spans, links, tables.
#pragma once

#include <string>
#include <vector>

#include "recipe/recipe.h"

namespace mlpgen::markdown {

// Plain text that may stand in a cell of a table; code spans in it stay.
std::string plain(const std::string& text);
// `text`, also where it holds backticks; "" for nothing.
std::string code(const std::string& text);
std::string codes(const std::vector<std::string>& texts, const char* separator = ", ");
template <class T>
std::string codes(const std::vector<T>& texts, const char* separator = ", ") {
  return codes(values_of(texts), separator);
}
std::string link(const std::string& text, const std::string& to);

// A table; a column that is empty in every row is left out, and a table without rows is no text.
class Table {
 public:
  explicit Table(std::vector<std::string> head) : head_(std::move(head)) {}
  void add(std::vector<std::string> cells);  // as many as the head has; Markdown
  bool empty() const { return rows_.empty(); }
  std::string text() const;

 private:
  std::vector<std::string> head_;
  std::vector<std::vector<std::string>> rows_;
};

// "## title", then the table; nothing where it is empty.
std::string section(const std::string& title, const Table& table);

}  // namespace mlpgen::markdown
