// Edit distance with swaps of neighbours, and the nearest word.
#include "text/closest.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mlpgen {
namespace {

std::string sorted_letters(std::string_view word) {
  std::string letters(word);
  std::sort(letters.begin(), letters.end());
  return letters;
}

}  // namespace

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string closest(std::string_view word, std::span<const std::string> known) {
  std::string best;
  std::pair<size_t, bool> least = {
      3, false};  // edits; of equally many, letters in another order come first
  const std::string letters = sorted_letters(word);
  for (const std::string& k : known) {
    size_t edits = edit_distance(word, k);
    if (edits > least.first || edits >= std::max(word.size(), k.size())) continue;
    std::pair<size_t, bool> far = {edits, sorted_letters(k) != letters};
    if (far >= least) continue;
    best = k;
    least = far;
  }
  if (!best.empty() || word.size() < 3) return best;
  for (const std::string& k : known)
    if (k.starts_with(word) || (word.starts_with(k) && k.size() >= 3)) return k;
  return "";
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
  std::string near = closest(word, known);
  return near.empty() || near == word ? "" : "did you mean '" + near + "'?";
}

}  // namespace mlpgen
