// Texts that occur often, each once in memory.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace mlpgen {

// A text that never changes and is shared by all that hold an equal one: as large as a pointer.
// The texts live as long as the process. For one thread: the one that plans.
class Interned {
 public:
  Interned();
  Interned(std::string_view text);  // NOLINT: implicit on purpose
  Interned(const std::string& text) : Interned(std::string_view(text)) {}  // NOLINT
  Interned(const char* text) : Interned(std::string_view(text)) {}         // NOLINT

  const std::string& text() const { return *text_; }
  operator const std::string&() const { return *text_; }  // NOLINT: reads like the text itself
  operator std::string_view() const { return *text_; }    // NOLINT
  bool empty() const { return text_->empty(); }

  friend bool operator==(Interned a, Interned b) { return a.text_ == b.text_; }
  friend std::strong_ordering operator<=>(Interned a, Interned b) { return *a.text_ <=> *b.text_; }
  friend bool operator==(Interned a, std::string_view b) { return *a.text_ == b; }
  friend bool operator==(Interned a, const std::string& b) { return *a.text_ == b; }
  friend bool operator==(Interned a, const char* b) { return *a.text_ == b; }
  friend std::string operator+(Interned a, std::string_view b) {
    return std::string(*a.text_).append(b);
  }
  friend std::string operator+(std::string_view a, Interned b) {
    return std::string(a).append(*b.text_);
  }

 private:
  const std::string* text_;
};

}  // namespace mlpgen
