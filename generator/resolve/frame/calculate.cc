// ${A*B/C}: numbers that depend on this machine, such as how many instances of a program its cores
// hold.
#include <charconv>

#include "resolve/frame/frame.h"

namespace mlpgen {
namespace {

std::optional<long long> whole_number(const std::string& text) {
  long long number = 0;
  auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = why == std::errc() && end == text.data() + text.size() && text.front() != '-';
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<std::string> calculated(const std::vector<TemplateName::Factor>& numbers) {
  long long result = 1;
  for (const auto& [operation, text] : numbers) {
    std::optional<long long> number = whole_number(text);
    bool divides = operation == '/';
    if (!number || (divides && *number == 0)) return std::nullopt;
    if (divides)
      result /= *number;
    else if (__builtin_mul_overflow(result, *number, &result))
      return std::nullopt;
  }
  return std::to_string(result);
}

std::optional<Value> Frame::calculate(const TemplateName& calculation, Span at, InstanceId self) {
  std::vector<TemplateName::Factor> numbers;
  std::string words;
  for (const auto& [operation, name] : calculation.factors) {
    std::optional<Value> v = whole_number(name) ? Value::text(name) : lookup(name, self);
    if (!v) return std::nullopt;
    if (!numbers.empty()) words += operation;
    words += readable(*v);
    numbers.push_back({operation, readable(*v)});
  }
  std::optional<std::string> result = calculated(numbers);
  if (!result && !quiet_)
    sink_
        .error("wrong-value", at, "'" + calculation.text + "' cannot be calculated: it is " + words)
        .with_help("use whole numbers, and divide by none that is 0");
  return Value::text(result.value_or("0"));
}

}  // namespace mlpgen
