// What is wrong, where, and what to type next: every mistake of a user is one Diagnostic.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/source.h"

namespace mlpgen {

enum class Severity { kError, kWarning };

struct Note {
  Span span;  // may be unknown
  std::string text;
};

struct Diagnostic {
  std::string id;  // a stable word, e.g. "unknown-variation"; `mlpgen help ID` is its page
  Severity severity = Severity::kError;
  Span span;            // may be unknown
  std::string message;  // what is wrong, in the user's words
  std::vector<Note> notes;
  std::string help;  // the next thing to type; may be empty

  Diagnostic& note(Span at, std::string text) {
    notes.push_back({at, std::move(text)});
    return *this;
  }
  Diagnostic& with_help(std::string text) {
    help = std::move(text);
    return *this;
  }
};

// Collects diagnostics. A stage reports all that it can find; the next one does not begin when ok()
// is false.
class Sink {
 public:
  Diagnostic& error(std::string id, Span at, std::string message);
  Diagnostic& warning(std::string id, Span at, std::string message);
  void take(const Diagnostic& from);  // one that another sink collected, as it is

  bool ok() const { return errors_ == 0; }
  size_t errors() const { return errors_; }
  const std::deque<Diagnostic>& all() const { return diagnostics_; }
  // Sorted by source and offset, equal ones once.
  std::vector<Diagnostic> sorted() const;

 private:
  Diagnostic& add(Severity severity, std::string id, Span at, std::string message);

  std::deque<Diagnostic> diagnostics_;  // what error() returns stays where it is
  size_t errors_ = 0;
};

enum class Colour { kNone, kAnsi };  // kAnsi: with the escape sequences of a terminal

// As a good compiler prints it; at most `limit` of them, then a line with the number left out.
std::string to_text(const Sink& sink, const Sources& sources, size_t limit = 20,
                    Colour colour = Colour::kNone);
// JSON lines: each diagnostic an object {id, severity, file, line, column, message, notes, help} on
// a line of its own.
std::string to_json(const Sink& sink, const Sources& sources);

}  // namespace mlpgen
