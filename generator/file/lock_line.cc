// Small grammars, read from left to right.
#include "file/lock_line.h"

#include <algorithm>
#include <string>
#include <vector>

#include "file/digest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr std::string_view kLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool has_only(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return kLetters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
  });
}

bool is_name(std::string_view text) {
  return !text.empty() && kLetters.find(text.front()) != std::string_view::npos &&
         has_only(text, "._-");
}

bool is_extras(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() < 3 || text.front() != '[' || text.back() != ']') return false;
  std::vector<std::string> names = split(std::string(text.substr(1, text.size() - 2)), ',');
  return std::all_of(names.begin(), names.end(),
                     [](const std::string& name) { return is_name(trim(name)); });
}

bool is_pinned(std::string_view text) {
  size_t equals = text.find("==");
  if (equals == std::string_view::npos) return false;
  std::string_view name = trim(text.substr(0, equals)), version = text.substr(equals + 2);
  if (version.starts_with('=')) version.remove_prefix(1);
  version = trim(version);
  size_t bracket = std::min(name.find('['), name.size());
  return is_name(trim(name.substr(0, bracket))) && is_extras(name.substr(bracket)) &&
         !version.empty() && has_only(version, ".!+_*-") && !version.starts_with('-');
}

bool is_hash(std::string_view word) {
  constexpr std::string_view kOption = "--hash=";
  if (!word.starts_with(kOption)) return false;
  word.remove_prefix(kOption.size());
  size_t colon = word.find(':');
  if (colon == std::string_view::npos || colon == 0 || !has_only(word.substr(0, colon), ""))
    return false;
  std::string_view digits = word.substr(colon + 1);
  return !digits.empty() &&
         digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

}  // namespace

bool is_package_line(std::string_view line) {
  size_t hashes = std::min(line.find(" --"), line.size());
  std::string_view package = line.substr(0, hashes);
  for (const std::string& word : split(std::string(line.substr(hashes)), ' '))
    if (!word.empty() && !is_hash(word)) return false;
  size_t marker = std::min(package.find(';'), package.size());
  return is_pinned(trim(package.substr(0, marker))) &&
         has_only(package.substr(marker), " ;._<>=!~'\"(),+*-") &&
         package.find("--", marker) == std::string_view::npos;
}

bool is_conda_line(std::string_view line) {
  std::vector<std::string> words = split(std::string(line), ' ');
  if (words.size() != 3 || !is_sha256(words[1]) || !is_size(words[2])) return false;
  bool web = words[0].starts_with("https://") || words[0].starts_with("http://");
  return web &&
         std::all_of(words[0].begin(), words[0].end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_size(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace mlpgen
