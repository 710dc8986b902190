// A value, or the sentence that says why there is none. For code below the stages, where no source span is known.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace mlpgen {

struct Error {
  std::string message;  // what is wrong
  std::string help;     // what to type next; may be empty
  int number = 0;       // errno, where the system gave one
};

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
