// A value, or the sentence that says why there is none. For code below the stages, where no source
// span is known.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace mlpgen {

struct Error {
  std::string message;        // what is wrong
  std::string help = "";      // what to type next; may be empty
  int number = 0;             // errno, where the system gave one
  std::string id = "";        // a stable word with a page: `mlpgen help ID`; may be empty
  std::string location = "";  // FILE:LINE:COLUMN, where it is known
};

// `id` has a page: `mlpgen help ID`.
inline Error named_error(std::string_view id, std::string message, std::string help = "") {
  return Error{std::move(message), std::move(help), 0, std::string(id)};
}

// One line: the location, the message and the id, as diagnostics print theirs.
inline std::string line_of(const Error& e) {
  return (e.location.empty() ? "" : e.location + ": ") + e.message +
         (e.id.empty() ? "" : "  [" + e.id + "]");
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}  // NOLINT: implicit on purpose
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }
  T& operator*() { return std::get<T>(state_); }
  const T& operator*() const { return std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  T value_or(T otherwise) const { return ok() ? **this : std::move(otherwise); }
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

struct Done {};
using Status = Result<Done>;  // success without a value: return Done{};

}  // namespace mlpgen
