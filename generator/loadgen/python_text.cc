// Python's str(), bool() and int() of JSON values.
#include "loadgen/python_text.h"

#include <charconv>
#include <cmath>

#include "text/text.h"

namespace mlpgen::submission {
namespace {

using Json = nlohmann::json;

// Text inside a list or map: with quotes, the double ones when it holds a single one.
std::string quoted(const std::string& text) {
  bool single = text.find('\'') != std::string::npos && text.find('"') == std::string::npos;
  char q = single ? '"' : '\'';
  std::string out(1, q);
  for (char c : text) {
    if (c == '\\' || c == q) out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else
      out += c;
  }
  return out + q;
}

std::string inside(const Json& value) {
  return value.is_string() ? quoted(value.get<std::string>()) : python_text(value);
}

// "12345e+16" style digits -> Python's choice between plain and exponent form.
std::string plain_form(const std::string& digits, int exponent) {
  int count = static_cast<int>(digits.size());
  if (exponent < 0) return "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
  if (exponent >= count - 1)
    return digits + std::string(static_cast<size_t>(exponent - count + 1), '0') + ".0";
  return digits.substr(0, static_cast<size_t>(exponent) + 1) + "." +
         digits.substr(static_cast<size_t>(exponent) + 1);
}

}  // namespace

std::string python_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  char buffer[64];
  auto [end, why] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  std::string text(buffer, end);  // d.ddde[+-]dd
  std::string sign = text.front() == '-' ? "-" : "";
  text.erase(0, sign.size());
  size_t e = text.find('e');
  int exponent = std::stoi(text.substr(e + 1));
  std::string digits = replace_all(text.substr(0, e), ".", "");
  if (exponent >= -4 && exponent < 16) return sign + plain_form(digits, exponent);
  std::string mantissa = digits.substr(0, 1) + (digits.size() > 1 ? "." + digits.substr(1) : "");
  std::string power = std::to_string(std::abs(exponent));
  if (power.size() < 2) power.insert(0, "0");
  return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + power;
}

std::string python_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
  if (value.is_null()) return "None";
  if (value.is_number_float()) return python_text(value.get<double>());
  if (value.is_array() || value.is_object()) {
    std::string out;
    for (const auto& [key, item] : value.items())
      out +=
          (out.empty() ? "" : ", ") + (value.is_object() ? quoted(key) + ": " : "") + inside(item);
    return value.is_array() ? "[" + out + "]" : "{" + out + "}";
  }
  return value.dump();
}

bool is_true(const Json& value) {
  if (value.is_string() || value.is_array() || value.is_object())
    return value.is_string() ? !value.get_ref<const std::string&>().empty() : !value.empty();
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value.get<double>() != 0.0;
  return false;
}

std::optional<int64_t> python_int(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? 1 : 0;
  if (value.is_number_integer()) return value.get<int64_t>();
  if (value.is_number_float()) {
    double number = value.get<double>();
    return std::abs(number) < 9e18 ? std::optional(static_cast<int64_t>(number)) : std::nullopt;
  }
  if (!value.is_string()) return std::nullopt;
  std::string text(trim(value.get<std::string>()));
  size_t skip = text.starts_with('+') && !text.starts_with("+-") ? 1 : 0;
  int64_t number = 0;
  auto [end, why] = std::from_chars(text.data() + skip, text.data() + text.size(), number);
  if (text.size() == skip || why != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

std::string text_in(const Json& object, const char* key) {
  if (!object.is_object() || !object.contains(key) || !object[key].is_string()) return "";
  return object[key].get<std::string>();
}

}  // namespace mlpgen::submission
