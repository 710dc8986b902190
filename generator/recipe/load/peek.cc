// The first lines of a recipe to its entry in the index.
#include "recipe/load/peek.h"

#include <algorithm>
#include <optional>

#include "text/bad_byte.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// The text after `key:` at the start of a line, or "".
std::string_view top_value(std::string_view text, std::string_view key) {
  std::string_view part = top_part(text, key);
  return part.empty() ? part : trim(part.substr(key.size() + 1));
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

// The words of `[a, b]`, or of a block with one item a line; none where it is neither.
std::optional<std::vector<std::string>> list_words(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']'))
    return flow_words(text.substr(1, text.size() - 2));
  std::vector<std::string> words;
  for (const std::string& line : split(text, '\n')) {
    std::string_view item = trim(line);
    if (!item.starts_with("- ")) return std::nullopt;
    words.emplace_back(trim(item.substr(2)));
  }
  return words.empty() ? std::nullopt : std::optional(std::move(words));
}

}  // namespace

std::string_view top_part(std::string_view text, std::string_view key) {
  for (size_t i = 0; i < text.size();) {
    size_t end = std::min(text.find('\n', i), text.size());
    std::string_view line = text.substr(i, end - i);
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ':') {
      while (end + 1 < text.size() && text[end + 1] == ' ')
        end = std::min(text.find('\n', end + 1), text.size());
      return text.substr(i, end - i);
    }
    i = end + 1;
  }
  return "";
}

bool peek_entry(std::string_view text, RecipeEntry& entry) {
  std::string_view id = top_value(text, "recipe"), tags = top_value(text, "tags"),
                   aliases = top_value(text, "tag_aliases");
  std::optional<std::vector<std::string>> words = list_words(tags);
  if (id.empty() || !words) return false;
  if (id.find_first_of("\"'#{[") != std::string_view::npos ||
      tags.find_first_of("\"'#") != std::string_view::npos)
    return false;
  for (std::string_view value : {id, tags, aliases})
    if (find_bad_byte(value, LineBreaks::kAllowed)) return false;
  entry.id = id;
  entry.tags = std::move(*words);
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
