// The first lines of a recipe to its entry in the index.
#include "recipe/peek.h"

#include "base/bad_byte.h"
#include "base/text.h"

namespace mlpgen {
namespace {

// The text after `key:` at the start of a line, or "".
std::string_view top_line(std::string_view text, std::string_view key) {
  for (size_t i = 0; i < text.size();) {
    size_t end = text.find('\n', i);
    if (end == std::string_view::npos) end = text.size();
    std::string_view line = text.substr(i, end - i);
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ':')
      return trim(line.substr(key.size() + 1));
    i = end + 1;
  }
  return "";
}

std::vector<std::string> flow_words(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& part : split(text, ',')) {
    std::string_view w = trim(part);
    while (!w.empty() && (w.front() == '"' || w.front() == '\'')) w.remove_prefix(1);
    while (!w.empty() && (w.back() == '"' || w.back() == '\'')) w.remove_suffix(1);
    if (!w.empty()) words.emplace_back(w);
  }
  return words;
}

}  // namespace

bool peek_entry(std::string_view text, RecipeEntry& entry) {
  std::string_view id = top_line(text, "recipe"), tags = top_line(text, "tags"), aliases = top_line(text, "tag_aliases");
  if (id.empty() || !tags.starts_with('[') || !tags.ends_with(']')) return false;
  if (id.find_first_of("\"'#{[") != std::string_view::npos || tags.find_first_of("\"'#") != std::string_view::npos) return false;
  for (std::string_view line : {id, tags, aliases})
    if (find_bad_byte(line)) return false;
  entry.id = id;
  entry.tags = flow_words(tags.substr(1, tags.size() - 2));
  if (aliases.empty()) return true;
  if (!aliases.starts_with("[[") || !aliases.ends_with("]]")) return false;
  aliases = aliases.substr(1, aliases.size() - 2);
  while (!aliases.empty()) {
    size_t open = aliases.find('['), close = aliases.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    entry.tag_aliases.push_back(flow_words(aliases.substr(open + 1, close - open - 1)));
    aliases.remove_prefix(close + 1);
  }
  return true;
}

}  // namespace mlpgen
