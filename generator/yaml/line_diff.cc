// The longest common subsequence of lines, printed in hunks.
#include "yaml/line_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "text/text.h"

namespace mlpgen {
namespace {

constexpr size_t kAround = 3;

struct Change {
  char mark;  // ' ', '-' or '+'
  std::string line;
};

std::vector<std::string> lines_of(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::vector<std::string> lines;
  if (!text.empty()) lines = split(text, '\n');
  return lines;
}

std::vector<Change> changes(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<uint32_t>> common(
      a.size() + 1, std::vector<uint32_t>(b.size() + 1));  // of a[i..], b[j..]
  for (size_t i = a.size(); i-- > 0;)
    for (size_t j = b.size(); j-- > 0;)
      common[i][j] =
          a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  std::vector<Change> all;
  size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      all.push_back({' ', a[i++]});
      ++j;
    } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      all.push_back({'-', a[i++]});
    } else {
      all.push_back({'+', b[j++]});
    }
  }
  return all;
}

std::string range(size_t first, size_t count) {
  return std::to_string(count == 0 ? first : first + 1) + "," + std::to_string(count);
}

// The changes [begin, end) behind their line numbers; `before` and `after` count the lines in front
// of them.
std::string hunk(const std::vector<Change>& all, size_t begin, size_t end, size_t before,
                 size_t after) {
  size_t removed = 0, added = 0;
  std::string body;
  for (size_t i = begin; i < end; ++i) {
    removed += all[i].mark != '+';
    added += all[i].mark != '-';
    body += all[i].mark + all[i].line + "\n";
  }
  return "@@ -" + range(before, removed) + " +" + range(after, added) + " @@\n" + body;
}

}  // namespace

std::string line_diff(std::string_view before, std::string_view after, const std::string& name,
                      const std::string& label) {
  if (before == after) return "";
  std::vector<Change> all = changes(lines_of(before), lines_of(after));
  std::string out = "--- " + name + "\n+++ " + name + " (" + label + ")\n";
  size_t at = 0, old_line = 0, new_line = 0;
  auto skip_to = [&](size_t to) {
    for (; at < to; ++at) {
      old_line += all[at].mark != '+';
      new_line += all[at].mark != '-';
    }
  };
  auto next_change = [&](size_t from) {
    while (from < all.size() && all[from].mark == ' ') ++from;
    return from;
  };
  for (size_t change = next_change(0); change < all.size(); change = next_change(at)) {
    skip_to(std::max(at, change > kAround ? change - kAround : 0));
    size_t last = change;
    for (size_t i = change; i < all.size() && i <= last + 2 * kAround; ++i)
      if (all[i].mark != ' ') last = i;
    size_t end = std::min(all.size(), last + 1 + kAround);
    out += hunk(all, at, end, old_line, new_line);
    skip_to(end);
  }
  return out;
}

}  // namespace mlpgen
