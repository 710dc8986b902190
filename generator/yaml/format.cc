// The tree and the comments of a YAML text to its canonical form.
#include "yaml/format.h"

#include <algorithm>
#include <stdexcept>

#include "text/text.h"
#include "yaml/format_text.h"

namespace mlpgen {
namespace {

using yaml_text::Comment;
using Entry = std::pair<Node, Node>;

constexpr size_t kWidth = 100;  // columns of a line

class Formatter {
 public:
  Formatter(std::string_view text, const Node& root, const std::vector<std::string>& order)
      : text_(text), root_(root), order_(order), comments_(yaml_text::comments_of(text, root)) {}

  std::string run() {
    end_ = comments_.size();
    if (root_.is_map() && is_block(root_))
      write_top();
    else
      write_value(root_, 0, "", text_.size());
    write_comments(text_.size(), 0, 0);
    return std::move(out_);
  }

 private:
  // A top-level key with the comments that move with it.
  struct Part {
    const Entry* entry = nullptr;
    size_t first = 0, last = 0;  // comments [first, last)
    bool blank_above = false;    // of its first line
  };

  bool is_block(const Node& n) const {
    if (!n.is_list() && !n.is_map()) return false;
    if (n.items.empty() && n.entries.empty()) return false;
    char first = n.span.offset < text_.size() ? text_[n.span.offset] : '-';
    return (first != '{' && first != '[') || holds_comment(n);
  }

  // Whether a list or map whose first column would be `column` stands as a block.
  bool becomes_block(const Node& n, size_t column) const {
    if (is_block(n)) return true;
    return !(n.items.empty() && n.entries.empty()) && column + one_line(n).size() > kWidth;
  }

  // Behind the last place of a list or map in brackets nothing tells where it ends, but a comment
  // inside one stands before that place.
  bool holds_comment(const Node& n) const {
    size_t begin = n.span.offset, end = last_offset(n);
    return std::any_of(comments_.begin(), comments_.end(),
                       [&](const Comment& c) { return c.offset > begin && c.offset < end; });
  }

  size_t last_offset(const Node& n) const {
    if (!n.items.empty()) return last_offset(n.items.back());
    if (!n.entries.empty())
      return std::max<size_t>(last_offset(n.entries.back().first),
                              last_offset(n.entries.back().second));
    return n.span.offset;
  }

  size_t begin_of(const Node& n) const {
    return n.is_map() && !n.entries.empty() && is_block(n) ? begin_of(n.entries.front().first)
                                                           : n.span.offset;
  }

  void start_line(size_t indent, bool blank) {
    if (blank && !out_.empty() && !at_block_begin_) out_ += "\n";
    at_block_begin_ = false;
    out_ += std::string(indent - dash_.size(), ' ') + dash_;
    dash_.clear();
  }

  void write_comment(const Comment& c, size_t indent) {
    std::string dash =
        std::move(dash_);  // a comment between `- ` and what it begins goes above the line
    dash_.clear();
    std::vector<std::string> lines = yaml_text::wrapped_comment(c.text, kWidth - indent);
    start_line(indent - dash.size(), c.blank_above);
    out_ += lines.front() + "\n";
    for (size_t i = 1; i < lines.size(); ++i)
      out_ += std::string(indent - dash.size(), ' ') + lines[i] + "\n";
    dash_ = dash;
  }

  // Comments before `limit` that begin at `column` or behind it.
  void write_comments(size_t limit, size_t indent, size_t column) {
    for (; next_ < end_ && comments_[next_].offset < limit && comments_[next_].column >= column;
         ++next_)
      write_comment(comments_[next_], indent);
  }

  // Ends the line; a comment that stood behind what it ends with stays there.
  void end_line(size_t limit) {
    if (next_ < end_ && !comments_[next_].own_line && comments_[next_].offset < limit)
      out_ += "  " + comments_[next_++].text;
    out_ += "\n";
  }

  // A comment behind `before` and its value goes above the line where both are too wide for one.
  // Whether it did; `blank`: a blank line stands above.
  bool lift_comment(const Node& n, size_t indent, const std::string& before, size_t limit,
                    bool blank) {
    size_t column = indent + before.size() + 1;
    bool block = becomes_block(n, column);
    if (is_block(n)) limit = begin_of(n);
    if (next_ >= end_ || comments_[next_].own_line || comments_[next_].offset >= limit)
      return false;
    size_t width = block ? column - 1 : column + one_line(n).size();
    if (width + 2 + comments_[next_].text.size() <= kWidth) return false;
    comments_[next_].blank_above = blank;
    write_comment(comments_[next_++], indent);
    return true;
  }

  std::string word(const Node& scalar) const {
    return scalar.is_null() ? "" : yaml_text::scalar_word(text_, scalar);
  }

  std::string one_line(const Node& n) const {
    std::vector<std::string> parts;
    for (const Node& item : n.items) parts.push_back(one_line(item));
    for (const auto& [key, value] : n.entries) parts.push_back(word(key) + ": " + one_line(value));
    if (n.is_list()) return "[" + join(parts, ", ") + "]";
    if (n.is_map()) return "{" + join(parts, ", ") + "}";
    return word(n);
  }

  // What stands behind `before` ("key:", "-" or nothing); `limit`: where the next node begins.
  void write_value(const Node& n, size_t indent, const std::string& before, size_t limit) {
    size_t column = indent + before.size() + !before.empty();
    if (becomes_block(n, column)) {
      if (!before.empty()) {
        out_ += before;
        end_line(is_block(n) ? begin_of(n) : limit);
        at_block_begin_ = true;
        indent += 2;
      }
      n.is_list() ? write_list(n, indent, limit) : write_map(n, indent, limit);
      return;
    }
    std::vector<std::string> lines = lines_of(n, column, indent + 2, limit);
    std::string value = lines.empty() ? one_line(n) : lines.front();
    out_ += before + (before.empty() || value.empty() ? "" : " ") + value;
    end_line(limit);
    for (size_t i = 1; i < lines.size(); ++i)
      out_ += (lines[i].empty() ? "" : std::string(indent + 2, ' ')) + lines[i] + "\n";
  }

  // Of a scalar that stands on several lines: "|-" or ">-", then its lines without indentation.
  std::vector<std::string> lines_of(const Node& n, size_t column, size_t indent,
                                    size_t limit) const {
    if (!n.is_scalar() || n.is_null()) return {};
    if (yaml_text::is_literal(text_, n)) return yaml_text::block_scalar_lines(n);
    bool comment = next_ < end_ && !comments_[next_].own_line && comments_[next_].offset < limit;
    if (comment || column + word(n).size() <= kWidth) return {};
    return yaml_text::folded_lines(n, kWidth - column, kWidth - indent);
  }

  void write_entry(const Entry& e, size_t indent, size_t limit) {
    write_comments(begin_of(e.first), indent, 0);
    bool blank = yaml_text::blank_above(text_, e.first.span.offset);
    std::string key = word(e.first) + ":";
    bool lifted = lift_comment(e.second, indent, key, limit, blank);
    start_line(indent, blank && !lifted);
    write_value(e.second, indent, key, limit);
  }

  void write_map(const Node& n, size_t indent, size_t limit) {
    for (size_t i = 0; i < n.entries.size(); ++i) {
      bool last = i + 1 == n.entries.size();
      write_entry(n.entries[i], indent, last ? limit : n.entries[i + 1].first.span.offset);
    }
    write_comments(
        limit, indent,
        std::max<size_t>(1, yaml_text::column_of(text_, n.entries.front().first.span.offset)));
  }

  void write_list(const Node& n, size_t indent, size_t limit) {
    for (size_t i = 0; i < n.items.size(); ++i) {
      const Node& item = n.items[i];
      size_t end = i + 1 == n.items.size() ? limit : begin_of(n.items[i + 1]);
      write_comments(begin_of(item), indent, 0);
      if (becomes_block(item, indent + 2)) {
        dash_ += "- ";
        item.is_list() ? write_list(item, indent + 2, end) : write_map(item, indent + 2, end);
        continue;
      }
      bool blank = yaml_text::blank_above(text_, begin_of(item));
      bool lifted = lift_comment(item, indent, "-", end, blank);
      start_line(indent, blank && !lifted);
      write_value(item, indent, "-", end);
    }
    write_comments(limit, indent, std::max<size_t>(1, yaml_text::column_of(text_, n.span.offset)));
  }

  size_t rank(const Part& p) const {
    return static_cast<size_t>(std::find(order_.begin(), order_.end(), p.entry->first.text) -
                               order_.begin());
  }

  // Comments at the beginning of the line belong to the key below them, others to the key above.
  std::vector<Part> parts() const {
    std::vector<Part> all;
    size_t at = 0;
    for (const Entry& e : root_.entries) {
      size_t key = e.first.span.offset, first = at;
      while (at < comments_.size() && comments_[at].offset < key) ++at;
      if (all.empty()) first = head_size(at);
      while (!all.empty() && first < at &&
             (comments_[first].column > 0 || !comments_[first].own_line))
        ++first;
      if (!all.empty()) all.back().last = first;
      all.push_back({&e, first, comments_.size(),
                     yaml_text::blank_above(text_, first < at ? comments_[first].offset : key)});
    }
    return all;
  }

  // How many of the `count` comments above the first key are of the whole file.
  size_t head_size(size_t count) const {
    bool moves = !order_.empty() && root_.entries.front().first.text != order_.front();
    if (!moves) return count;
    if (yaml_text::blank_above(text_, root_.entries.front().first.span.offset)) return count;
    size_t head = 0;
    for (size_t i = 0; i < count; ++i)
      if (comments_[i].text.starts_with("# yaml-language-server")) head = i + 1;
    for (size_t i = 1; i < count; ++i)
      if (comments_[i].blank_above) head = std::max(head, i);
    return head;
  }

  void write_top() {
    std::vector<Part> all = parts();
    end_ = all.front().first;
    write_comments(text_.size(), 0, 0);
    bool apart = !out_.empty() && all.front().blank_above;  // the head of the file
    std::stable_sort(all.begin(), all.end(),
                     [&](const Part& a, const Part& b) { return rank(a) < rank(b); });
    if (apart && !all.front().blank_above) out_ += "\n";
    for (const Part& p : all) {
      next_ = p.first;
      end_ = p.last;
      write_entry(*p.entry, 0, text_.size());
      write_comments(text_.size(), 0, 0);
    }
  }

  std::string_view text_;
  const Node& root_;
  const std::vector<std::string>& order_;
  std::vector<Comment> comments_;
  size_t next_ = 0, end_ = 0;  // the comments that are to be written
  std::string dash_;           // "- " that waits for the first key of its item
  bool at_block_begin_ = false;
  std::string out_;
};

// Comments move with their keys, and long ones are wrapped.
std::vector<std::string> sorted_words_of_comments(std::string_view text, const Node& root) {
  std::vector<std::string> all;
  for (const Comment& c : yaml_text::comments_of(text, root))
    for (std::string& word : split(c.text, ' '))
      if (word != "#" && !word.empty()) all.push_back(std::move(word));
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

std::optional<std::string> format_yaml(const Sources& sources, SourceId source,
                                       const std::vector<std::string>& order, Sink& sink) {
  std::optional<Node> root = parse_yaml(sources, source, sink);
  if (!root) return std::nullopt;
  const std::string& text = sources.text(source);
  std::string formed = Formatter(text, *root, order).run();
  Sources again;
  SourceId id = again.add(sources.name(source), formed);
  Sink quiet;
  std::optional<Node> tree = parse_yaml(again, id, quiet);
  if (!tree || said(*root) != said(*tree) ||
      sorted_words_of_comments(text, *root) != sorted_words_of_comments(formed, *tree) ||
      Formatter(formed, *tree, order).run() != formed)
    throw std::logic_error("the canonical form of " + sources.name(source) +
                           " would change its meaning; nothing was written");
  return formed;
}

}  // namespace mlpgen
