// ${A*B/C}: numbers that depend on this machine, such as how many instances of a program its cores hold.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "resolve/frame.h"

namespace mlpgen {
namespace {

bool is_operator(char c) { return c == '*' || c == '/'; }

std::optional<long long> whole_number(const std::string& text) {
  long long number = 0;
  auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = why == std::errc() && end == text.data() + text.size() && text.front() != '-';
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string without_operator(const std::string& factor) {
  return !factor.empty() && is_operator(factor.front()) ? factor.substr(1) : factor;
}

std::vector<std::string> factors_in(std::string_view name) {
  std::vector<std::string> factors = {""};
  bool value = name.starts_with("late:") || name.starts_with("lock:");  // pointers and names of packages may have a '/'
  for (char c : name) {
    if (is_operator(c) && !value) factors.emplace_back();
    factors.back() += c;
  }
  bool empty = std::any_of(factors.begin(), factors.end(), [](const std::string& f) { return f.empty() || (f.size() == 1 && is_operator(f[0])); });
  return empty ? std::vector{std::string(name)} : factors;
}

std::optional<std::string> calculated(const std::vector<std::string>& factors) {
  long long result = 1;
  for (const std::string& factor : factors) {
    std::optional<long long> number = whole_number(without_operator(factor));
    bool divides = factor.front() == '/';
    if (!number || (divides && *number == 0)) return std::nullopt;
    if (divides) result /= *number;
    else if (__builtin_mul_overflow(result, *number, &result)) return std::nullopt;
  }
  return std::to_string(result);
}

std::optional<Value> Frame::calculate(const std::vector<std::string>& factors, Span at, InstanceId self) {
  std::vector<std::string> numbers;
  for (const std::string& factor : factors) {
    std::string name = without_operator(factor);
    std::optional<Value> v = whole_number(name) ? Value::text(name) : lookup(name, self);
    if (!v) return std::nullopt;
    numbers.push_back(factor.substr(0, factor.size() - name.size()) + readable(*v));
  }
  std::optional<std::string> result = calculated(numbers);
  if (!result && !quiet_)
    sink_.error("wrong-value", at, "'" + join(factors, "") + "' cannot be calculated: it is " + join(numbers, ""))
        .with_help("only whole numbers are calculated with, and nothing is divided by 0");
  return Value::text(result.value_or("0"));
}

}  // namespace mlpgen
