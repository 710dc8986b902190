// Numbers in the words of the field.
#include "command/progress/lines.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "text/text.h"
#include "text/units.h"
#include "text/wrap.h"

namespace mlpgen {
namespace {

std::string rate_text(double rate) {
  char text[32];
  std::snprintf(text, sizeof text, rate < 100 ? "%.1f/s" : "%.0f/s", rate);
  return text;
}

// Cut to `columns`, and filled up to it.
std::string fitted(std::string text, size_t columns) {
  if (columns_of(text) > columns) {
    while (columns_of(text) + 1 > columns && !text.empty()) text.pop_back();
    while (!text.empty() && (text.back() & 0xC0) == 0x80) text.pop_back();
    text += "~";
  }
  return text + std::string(columns - std::min(columns, columns_of(text)), ' ');
}

std::string painted_line(Colour colour, const char* code, const std::string& text) {
  return colour == Colour::kNone ? text : "\x1b[" + std::string(code) + "m" + text + "\x1b[0m";
}

// A bar of `width` cells; nothing where the end is not known.
std::string bar(double part, size_t width) {
  size_t full = static_cast<size_t>(std::clamp(part, 0.0, 1.0) * static_cast<double>(width));
  std::string out = "[";
  for (size_t i = 0; i < width; ++i) out += i < full ? '#' : '.';
  return out + "]";
}

double part_of(const RunningEdge& e) {
  if (e.progress.total)
    return static_cast<double>(e.progress.done) / static_cast<double>(e.progress.total);
  return e.usual > 0 ? e.seconds / e.usual : -1;
}

constexpr size_t kBar = 14, kBarFrom = 100;  // columns; a bar stands on wide terminals alone

std::string edge_line(const RunningEdge& e, size_t columns, size_t name_width, Colour colour) {
  bool waits = !e.waits_for.empty();
  std::string said = waits ? "waits for " + e.waits_for : progress_text(e);
  double part = part_of(e);
  std::string middle;
  if (columns >= kBarFrom)
    middle = waits || part < 0 ? std::string(kBar + 3, ' ') : bar(part, kBar) + " ";
  std::string name = fitted(e.name, name_width);
  std::string rest = middle + said;
  size_t room = columns > name_width + 4 ? columns - name_width - 4 : 0;
  rest = fitted(rest, room);
  while (rest.ends_with(' ')) rest.pop_back();
  return "  " + painted_line(colour, waits ? "33" : "32", name) + "  " + rest;
}

}  // namespace

std::string short_time(double seconds) {
  long s = std::lround(std::max(0.0, seconds));
  char text[32];
  if (s < 60)
    std::snprintf(text, sizeof text, "%ld s", s);
  else if (s < 3600)
    std::snprintf(text, sizeof text, "%ld:%02ld", s / 60, s % 60);
  else
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
  return text;
}

std::string progress_text(const RunningEdge& e) {
  const Progress& p = e.progress;
  std::string passed = short_time(e.seconds);
  if (p.unit.empty()) return passed + (e.usual >= 1 ? ", usually " + short_time(e.usual) : "");
  double left = p.rate > 0 && p.total > p.done ? static_cast<double>(p.total - p.done) / p.rate : 0;
  std::string end = left >= 1 ? ", " + short_time(left) + " left" : "";
  if (p.unit == "bytes")
    return readable_bytes(p.done) + (p.total ? " of " + readable_bytes(p.total) : "") +
           (p.rate > 0 ? ", " + readable_bytes(static_cast<uint64_t>(p.rate)) + "/s" : "") + end;
  return std::to_string(p.done) + (p.total ? " of " + std::to_string(p.total) : "") + " " + p.unit +
         (p.rate > 0 ? ", " + rate_text(p.rate) : "") + ", " + passed + end;
}

std::vector<std::string> progress_lines(const Snapshot& now, const std::string& total,
                                        size_t columns, size_t rows, Colour colour) {
  std::vector<RunningEdge> running = now.running;
  std::stable_sort(running.begin(), running.end(), [](const RunningEdge& a, const RunningEdge& b) {
    return std::pair(!a.waits_for.empty(), -a.seconds) <
           std::pair(!b.waits_for.empty(), -b.seconds);
  });
  size_t width = 0;
  for (const RunningEdge& e : running) width = std::max(width, columns_of(e.name));
  width = std::min(width, columns / 2);
  size_t shown = std::min(running.size(), rows > 3 ? rows - 3 : 1);
  std::vector<std::string> lines;
  for (size_t i = 0; i < shown; ++i) lines.push_back(edge_line(running[i], columns, width, colour));
  if (shown < running.size())
    lines.push_back("  and " + std::to_string(running.size() - shown) + " more");
  std::string last = fitted(total, columns);
  while (last.ends_with(' ')) last.pop_back();
  lines.push_back(painted_line(colour, "1", last));
  return lines;
}

}  // namespace mlpgen
