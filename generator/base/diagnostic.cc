// Diagnostics to text with a caret line, and to JSON.
#include "base/diagnostic.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "text/bad_byte.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen {
namespace {

// One byte for each of the text's, so that a caret stays under its byte.
std::string shown_bytes(std::string_view text) {
  std::string shown(text);
  size_t at = 0;
  while (std::optional<BadByte> bad = find_bad_byte(text.substr(at))) {
    at += bad->at;
    shown.replace(at, bad->length, bad->length,
                  static_cast<unsigned char>(text[at]) < 0x20 ? ' ' : '?');
    at += bad->length;
  }
  return shown;
}

// Where the value stands that must not have been given: behind the key that a secret-given points
// at. One in a URL is hidden by without_secrets.
std::vector<Span> secret_values(const Sources& sources, const std::vector<Diagnostic>& all) {
  std::vector<Span> found;
  for (const Diagnostic& d : all) {
    if (d.id != "secret-given" || !d.span.known() ||
        sources.text_of(d.span).find("://") != std::string_view::npos)
      continue;
    std::string_view text = sources.text(d.span.source);
    size_t behind = d.span.offset + d.span.length,
           end = std::min(text.find('\n', behind), text.size());
    bool is_key = behind < end && (text[behind] == '=' || text[behind] == ':');
    size_t begin = is_key ? behind + 1 : d.span.offset;
    if (text[behind] == '=') end = std::min(end, text.find(" --", behind));
    found.push_back({d.span.source, static_cast<uint32_t>(begin),
                     static_cast<uint32_t>((is_key ? end : behind) - begin)});
  }
  return found;
}

// The whole line of a span as it may be shown, byte for byte.
std::string shown_line(const Sources& sources, Span span, const std::vector<Span>& secrets) {
  std::string line = without_secrets(sources.line_of(span));
  size_t begin = span.offset - (sources.position(span).column - 1), end = begin + line.size();
  for (const Span& s : secrets)
    for (size_t at = std::max<size_t>(begin, s.offset);
         s.source == span.source && at < std::min<size_t>(end, s.offset + s.length); ++at)
      line[at - begin] = '*';
  return line;
}

// What a person reads: no secrets, and no byte that a terminal would act on.
std::string shown_text(std::string_view text) {
  std::vector<std::string> lines = split(without_secrets(text), '\n');
  for (std::string& line : lines) line = printable(line);
  return join(lines, "\n");
}

// `text` between the escape sequence `code` and the one that ends it.
std::string painted(Colour colour, const char* code, const std::string& text) {
  if (colour == Colour::kNone) return text;
  return "\x1b[" + std::string(code) + "m" + text + "\x1b[0m";
}
constexpr const char *kRed = "1;31", *kYellow = "1;33", *kGreen = "1;32", *kBlue = "34";

// One source line with carets under the span; long lines are cut around it.
std::string frame(const Sources& sources, Span span, const std::vector<Span>& secrets,
                  Colour colour) {
  if (!span.known()) return "";
  constexpr size_t kWidth = 120;
  std::string line = shown_line(sources, span, secrets);
  size_t column = sources.position(span).column - 1;
  size_t begin = column > kWidth / 2 ? column - kWidth / 2 : 0;
  std::string shown =
      shown_bytes(std::string_view(line).substr(std::min(begin, line.size()), kWidth));
  size_t length = std::max<size_t>(span.length, 1);
  length = std::min(length, std::max<size_t>(shown.size(), column - begin + 1) - (column - begin));
  std::string out = painted(colour, kBlue, "  --> ") + sources.describe(span) + "\n";
  out += painted(colour, kBlue, "   |  ") + shown + "\n";
  out += painted(colour, kBlue, "   |  ") + std::string(column - begin, ' ') +
         painted(colour, kGreen, std::string(std::max<size_t>(length, 1), '^')) + "\n";
  return out;
}

nlohmann::json place(const Sources& sources, Span span) {
  nlohmann::json j = nlohmann::json::object();
  if (!span.known()) return j;
  Position p = sources.position(span);
  j["file"] = sources.name(span.source);
  j["line"] = p.line;
  j["column"] = p.column;
  return j;
}

}  // namespace

Diagnostic& Sink::add(Severity severity, std::string id, Span at, std::string message) {
  if (severity == Severity::kError) ++errors_;
  diagnostics_.push_back({std::move(id), severity, at, std::move(message), {}, {}});
  return diagnostics_.back();
}

Diagnostic& Sink::error(std::string id, Span at, std::string message) {
  return add(Severity::kError, std::move(id), at, std::move(message));
}

Diagnostic& Sink::warning(std::string id, Span at, std::string message) {
  return add(Severity::kWarning, std::move(id), at, std::move(message));
}

void Sink::take(const Diagnostic& from) {
  if (from.severity == Severity::kError) ++errors_;
  diagnostics_.push_back(from);
}

std::vector<Diagnostic> Sink::sorted() const {
  std::vector<Diagnostic> all(diagnostics_.begin(), diagnostics_.end());
  auto key = [](const Diagnostic& d) {
    return std::tuple(static_cast<uint32_t>(d.span.source), d.span.offset, d.id, d.message);
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  all.erase(std::unique(all.begin(), all.end(),
                        [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); }),
            all.end());
  return all;
}

std::string to_text(const Sink& sink, const Sources& sources, size_t limit, Colour colour) {
  std::string out;
  std::vector<Diagnostic> all = sink.sorted();
  std::vector<Span> secrets = secret_values(sources, all);
  for (size_t i = 0; i < std::min(limit, all.size()); ++i) {
    const Diagnostic& d = all[i];
    out += (d.severity == Severity::kError ? painted(colour, kRed, "error: ")
                                           : painted(colour, kYellow, "warning: ")) +
           shown_text(d.message) + "  [" + d.id + "]\n";
    out += frame(sources, d.span, secrets, colour);
    for (const Note& n : d.notes)
      out += painted(colour, kBlue, "note: ") + shown_text(n.text) + "\n" +
             frame(sources, n.span, secrets, colour);
    if (!d.help.empty()) out += painted(colour, kGreen, "help: ") + shown_text(d.help) + "\n";
  }
  if (all.size() > limit) out += "... and " + std::to_string(all.size() - limit) + " more\n";
  return out;
}

std::string to_json(const Sink& sink, const Sources& sources) {
  std::string out;
  for (const Diagnostic& d : sink.sorted()) {
    nlohmann::json j = place(sources, d.span);
    j["id"] = d.id;
    j["severity"] = d.severity == Severity::kError ? "error" : "warning";
    j["message"] = without_secrets(d.message);
    if (!d.help.empty()) j["help"] = without_secrets(d.help);
    for (const Note& n : d.notes) {
      nlohmann::json note = place(sources, n.span);
      note["message"] = without_secrets(n.text);
      j["notes"].push_back(note);
    }
    out += j.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return out;
}

}  // namespace mlpgen
