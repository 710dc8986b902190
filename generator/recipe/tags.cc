// Tag text to a TagQuery.
#include "recipe/tags.h"

#include <iterator>

namespace mlpgen {

TagQuery parse_tags(std::string_view text, Span span, Sink& sink) {
  TagQuery q;
  size_t i = 0;
  // A quoted scalar's span holds the quotes as well.
  uint32_t shift = span.length == text.size() + 2 ? 1 : 0;
  while (i < text.size()) {
    size_t end = text.find_first_of(", \t\n", i);
    if (end == std::string_view::npos) end = text.size();
    std::string_view word = text.substr(i, end - i);
    Span at = span;
    if (span.known() && span.length >= text.size())
      at = {span.source, span.offset + shift + static_cast<uint32_t>(i),
            static_cast<uint32_t>(word.size())};
    i = end + 1;
    if (word.empty()) continue;
    auto rest = [&](size_t n) { return Text{std::string(word.substr(n)), at}; };
    if (word == "_" || word == "-" || word == "-_" || word == "_-") {
      sink.error("wrong-tags", at, "'" + std::string(word) + "' names nothing")
          .with_help("write `_variation`, `-_variation`, `tag` or `-tag`");
    } else if (word.starts_with("-_") || word.starts_with("_-")) {
      q.excluded.push_back(rest(2));
    } else if (word.front() == '_') {
      q.variations.push_back(rest(1));
    } else if (word.front() == '-') {
      q.not_tags.push_back(rest(1));
    } else {
      q.tags.push_back(rest(0));
    }
  }
  return q;
}

void append(TagQuery& to, TagQuery from) {
  auto move_behind = [](std::vector<Text>& words, std::vector<Text>& more) {
    words.insert(words.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
  };
  move_behind(to.tags, from.tags);
  move_behind(to.not_tags, from.not_tags);
  move_behind(to.variations, from.variations);
  move_behind(to.excluded, from.excluded);
}

}  // namespace mlpgen
