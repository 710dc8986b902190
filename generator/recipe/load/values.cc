// Which values a key may have.
#include "recipe/load/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "recipe/condition.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr size_t kMostDigits = 18;  // what every program that gets a whole number can hold

std::optional<double> number_of(const std::string& text) {
  double number = 0;
  auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = why == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional(number)
                                        : std::nullopt;  // inf and nan are none
}

bool has_bounds(KeyType type) { return type == KeyType::kInt || type == KeyType::kNumber; }

void check_bounds(const Values& v, Sink& sink) {
  for (const auto* bound : {&v.min, &v.max}) {
    if (!*bound) continue;
    const Text& t = **bound;
    if (!has_bounds(v.type))
      sink.error(
              "wrong-type", t.span,
              "only an int and a number have bounds, and this is a " + std::string(to_word(v.type)))
          .with_help("add `type: int` or `type: number`, or remove the bound");
    else if (std::optional<double> n = number_of(t.value); !n || *n < 0)
      sink.error("wrong-type", t.span,
                 "a bound is a number from 0 on, and '" + t.value + "' is not")
          .with_help("write a number, for example `min: 1`");
  }
  if (!v.min || !v.max) return;
  std::optional<double> low = number_of(v.min->value), high = number_of(v.max->value);
  if (low && high && *low > *high)
    sink.error("wrong-type", v.max->span,
               "the max " + v.max->value + " is below the min " + v.min->value)
        .note(v.min->span, "the min")
        .with_help("exchange them");
}

bool stands_in_no_name(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == 0x7f || c == '/' || c == '\\';
}

std::string name_like(std::string text) {
  std::replace_if(text.begin(), text.end(), stands_in_no_name, '_');
  size_t first = text.find_first_not_of(".-");
  text = first == std::string::npos ? "name" : text.substr(first);
  text.resize(std::min(text.size(), kLongestName));
  return text;
}

std::optional<ValueFault> name_fault(const std::string& text) {
  bool fine = text.size() <= kLongestName && text.front() != '.' && text.front() != '-' &&
              std::none_of(text.begin(), text.end(), stands_in_no_name);
  if (fine) return std::nullopt;
  return ValueFault{
      "the name of files and folders (no blank, slash, backslash or control character; no dot or "
      "dash first; " +
          std::to_string(kLongestName) + " bytes at most)",
      "write for example " + name_like(text)};
}

// What a number should be, or "".
std::string number_fault(const Values& v, const std::string& text) {
  const std::string kind = v.type == KeyType::kInt ? "a whole number" : "a number";
  std::optional<double> n = number_of(text);
  if (!n || (v.type == KeyType::kInt && text.find_first_not_of("-0123456789") != std::string::npos))
    return kind + (bounds_phrase(v).empty() ? "" : " " + bounds_phrase(v));
  if (v.min || v.max) {
    double low = v.min ? *number_of(v.min->value) : 0;
    if (*n < low || text.front() == '-' || (v.max && *n > *number_of(v.max->value)))
      return kind + " " + bounds_phrase(v);
  }
  if (text.front() == '-') return kind + " from 0 on";
  if (v.type == KeyType::kInt && text.size() > kMostDigits)
    return kind + " of " + std::to_string(kMostDigits) + " digits at most";
  return "";
}

}  // namespace

void read_values(MapReader& reader, Values& values) {
  if (auto t = reader.text("type")) values.type = read_type(*t, reader.sink());
  for (Text& c : reader.texts("choices")) values.choices.push_back(c.value);
  if (auto t = reader.text("unit")) values.unit = t->value;
  values.min = reader.text("min");
  values.max = reader.text("max");
  size_t errors = reader.sink().errors();
  check_bounds(values, reader.sink());
  if (reader.sink().errors() != errors) values.min = values.max = std::nullopt;
}

std::string bounds_phrase(const Values& v) {
  if (v.min && v.max) return "from " + v.min->value + " to " + v.max->value;
  if (v.min) return "from " + v.min->value + " on";
  return v.max ? "up to " + v.max->value : "";
}

std::optional<ValueFault> fault_of(const Values& v, const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (v.type == KeyType::kName)
    if (std::optional<ValueFault> fault = name_fault(text)) return fault;
  std::string wanted;
  if (v.type == KeyType::kBool && !is_true_word(text) && !is_false_word(text)) wanted = "yes or no";
  if (has_bounds(v.type)) wanted = number_fault(v, text);
  if (wanted.empty() && !v.choices.empty() &&
      std::find(v.choices.begin(), v.choices.end(), text) == v.choices.end())
    wanted = "one of " + join(v.choices, ", ");
  if (wanted.empty()) return std::nullopt;
  return ValueFault{wanted, "write " + wanted + (v.unit.empty() ? "" : ", in " + v.unit)};
}

void report_fault(const std::string& key, const Values& allowed, const std::string& text, Span at,
                  Sink& sink) {
  if (std::optional<ValueFault> fault = fault_of(allowed, text))
    sink.error("wrong-value", at,
               "'" + key + "' is " + fault->wanted + ", and '" + text + "' is not")
        .with_help(fault->help);
}

void report_secret(const std::string& key, Span at, Sink& sink) {
  sink.error("secret-given", at,
             "'" + key + "' is a secret: a value given here would be written to files")
      .with_help("leave it out here and set it in the environment of ninja: " + key + "=... ninja");
}

}  // namespace mlpgen
