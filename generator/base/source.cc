// Places in texts: offsets to lines and columns.
#include "base/source.h"

#include <algorithm>

namespace mlpgen {
namespace {

std::vector<uint32_t> line_starts(const std::string& text) {
  std::vector<uint32_t> starts = {0};
  for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    starts.push_back(static_cast<uint32_t>(at + 1));
  return starts;
}

}  // namespace

SourceId Sources::add(std::string name, std::string text) {
  entries_.push_back({std::move(name), std::move(text)});
  return static_cast<SourceId>(entries_.size() - 1);
}

Position Sources::position(Span span) const {
  const Entry& entry = entries_[static_cast<uint32_t>(span.source)];
  if (entry.lines.empty()) entry.lines = line_starts(entry.text);
  auto offset = static_cast<uint32_t>(std::min<size_t>(span.offset, entry.text.size()));
  auto line = std::upper_bound(entry.lines.begin(), entry.lines.end(), offset) - 1;
  return {static_cast<uint32_t>(line - entry.lines.begin()) + 1, offset - *line + 1};
}

std::string_view Sources::line_of(Span span) const {
  std::string_view all = text(span.source);
  size_t offset = std::min<size_t>(span.offset, all.size());
  size_t begin = offset == 0 ? 0 : all.rfind('\n', offset - 1);
  begin = (offset == 0 || begin == std::string_view::npos) ? 0 : begin + 1;
  size_t end = all.find('\n', offset);
  return all.substr(begin, (end == std::string_view::npos ? all.size() : end) - begin);
}

std::string_view Sources::text_of(Span span) const {
  return std::string_view(text(span.source)).substr(span.offset, span.length);
}

std::string Sources::describe(Span span) const {
  if (!span.known()) return "";
  Position p = position(span);
  return name(span.source) + ":" + std::to_string(p.line) + ":" + std::to_string(p.column);
}

}  // namespace mlpgen
