// Where scalars end, which '#' begin comments, how a scalar is written again.
#include "yaml/format_text.h"

#include <algorithm>

#include "text/text.h"

namespace mlpgen::yaml_text {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

size_t line_begin(std::string_view text, size_t at) {
  size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

size_t line_end(std::string_view text, size_t at) {
  return std::min(text.find('\n', at), text.size());
}

size_t end_of_quoted(std::string_view text, size_t begin) {
  char quote = text[begin];
  for (size_t i = begin + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return text.size();
}

// Its lines are blank or indented as far as the first of them.
size_t end_of_block(std::string_view text, size_t begin) {
  size_t at = line_end(text, begin), indent = 0;
  while (at < text.size()) {
    size_t first = text.find_first_not_of(' ', at + 1), end = line_end(text, at + 1);
    if (first < end && !is_blank(text[first])) {
      size_t columns = first - (at + 1);
      if (indent == 0) indent = columns;
      if (columns < indent || columns == 0) return at;
    }
    at = end;
  }
  return at;
}

// A plain scalar may be folded over several lines.
size_t end_of_plain(std::string_view text, size_t begin, std::string_view value) {
  size_t at = begin;
  for (size_t i = 0; i < value.size(); ++i) {
    if (at < text.size() && text[at] == value[i]) {
      ++at;
      continue;
    }
    while (at < text.size() && is_blank(text[at])) ++at;
    while (i < value.size() && is_blank(value[i])) ++i;
    if (i < value.size() && at < text.size() && text[at] == value[i]) ++at;
  }
  return at;
}

bool is_block_scalar(std::string_view text, const Node& scalar) {
  size_t at = scalar.span.offset;
  return scalar.quoted && at < text.size() && (text[at] == '|' || text[at] == '>');
}

size_t end_of_scalar(std::string_view text, const Node& scalar) {
  size_t begin = scalar.span.offset;
  if (begin >= text.size()) return begin;
  if (!scalar.quoted) return end_of_plain(text, begin, scalar.text);
  return is_block_scalar(text, scalar) ? end_of_block(text, begin) : end_of_quoted(text, begin);
}

void collect(std::string_view text, const Node& node,
             std::vector<std::pair<size_t, size_t>>& ranges) {
  if (node.is_scalar()) ranges.emplace_back(node.span.offset, end_of_scalar(text, node));
  for (const Node& item : node.items) collect(text, item, ranges);
  for (const auto& [key, value] : node.entries) {
    collect(text, key, ranges);
    collect(text, value, ranges);
  }
}

std::string in_double_quotes(std::string_view value) {
  std::string out = "\"";
  for (char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n' || c == '\t' || c == '\r')
      out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r";
    else
      out += c;
  }
  return out + "\"";
}

// Lines of at most `width` columns; a word that is longer has one of its own. Runs of blanks stay
// within a line.
std::vector<std::string> wrapped(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  while (text.size() > width) {
    size_t at = std::string_view::npos;
    for (size_t i = 1; i + 1 < text.size() && (i <= width || at == std::string_view::npos); ++i)
      if (text[i] == ' ' && !is_blank(text[i - 1]) && !is_blank(text[i + 1])) at = i;
    if (at == std::string_view::npos) break;
    lines.emplace_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  lines.emplace_back(text);
  return lines;
}

}  // namespace

size_t column_of(std::string_view text, size_t offset) {
  return offset - line_begin(text, std::min(offset, text.size()));
}

bool blank_above(std::string_view text, size_t offset) {
  size_t begin = line_begin(text, offset);
  return begin > 0 &&
         trim(text.substr(line_begin(text, begin - 1), begin - 1 - line_begin(text, begin - 1)))
             .empty();
}

std::vector<Comment> comments_of(std::string_view text, const Node& root) {
  std::vector<std::pair<size_t, size_t>> scalars;
  collect(text, root, scalars);
  std::sort(scalars.begin(), scalars.end());
  std::vector<Comment> comments;
  auto scalar = scalars.begin();
  for (size_t at = 0; at < text.size(); ++at) {
    while (scalar != scalars.end() && scalar->second <= at) ++scalar;
    if (scalar != scalars.end() && scalar->first <= at) {
      at = scalar->second - 1;
      continue;
    }
    if (text[at] != '#' || (at > 0 && !is_blank(text[at - 1]))) continue;
    size_t begin = line_begin(text, at), end = line_end(text, at);
    bool own = trim(text.substr(begin, at - begin)).empty();
    comments.push_back({at, at - begin, own, own && blank_above(text, at),
                        std::string(trim(text.substr(at, end - at)))});
    at = end;
  }
  return comments;
}

bool is_literal(std::string_view text, const Node& scalar) {
  return is_block_scalar(text, scalar) &&
         (text[scalar.span.offset] == '|' || scalar.text.find('\n') != std::string::npos);
}

std::string scalar_word(std::string_view text, const Node& scalar) {
  size_t begin = scalar.span.offset, end = end_of_scalar(text, scalar);
  std::string_view raw = text.substr(begin, end - begin);
  if (!scalar.quoted)
    return scalar.text.find('\n') == std::string::npos ? scalar.text
                                                       : in_double_quotes(scalar.text);
  if (is_block_scalar(text, scalar) || raw.find('\n') != std::string_view::npos)
    return in_double_quotes(scalar.text);
  bool keep = raw.starts_with('"') || scalar.text.find_first_of("\"\\") != std::string::npos;
  return keep ? std::string(raw) : in_double_quotes(scalar.text);
}

std::vector<std::string> block_scalar_lines(const Node& scalar) {
  std::string_view value = scalar.text;
  bool last_newline = value.ends_with('\n');
  if (last_newline) value.remove_suffix(1);
  if (value.empty() || value.ends_with('\n') || value.starts_with(' ') || value.starts_with('\n'))
    return {};
  std::vector<std::string> lines = {last_newline ? "|" : "|-"};
  for (std::string& line : split(value, '\n')) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> folded_lines(const Node& scalar, size_t room, size_t width) {
  const std::string& text = scalar.text;
  if (in_double_quotes(text).size() <= room || text.find_first_of("\n\t\r") != std::string::npos)
    return {};
  if (text.starts_with(' ') || text.ends_with(' ')) return {};
  std::vector<std::string> lines = wrapped(text, width);
  if (lines.size() == 1 && text.size() > width) return {};
  lines.insert(lines.begin(), ">-");
  return lines;
}

std::vector<std::string> wrapped_comment(const std::string& comment, size_t width) {
  if (!comment.starts_with("# ") || comment.starts_with("# yaml-language-server")) return {comment};
  std::vector<std::string> lines = wrapped(std::string_view(comment).substr(2), width - 2);
  for (std::string& line : lines) line = "# " + line;
  return lines;
}

}  // namespace mlpgen::yaml_text
