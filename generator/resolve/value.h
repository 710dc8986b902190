// Values of env keys, and templates with values in the place of their names.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "recipe/template.h"

namespace mlpgen {

// One text, or a list.
struct Value {
  bool is_list = false;
  std::vector<Template> items;  // a text has exactly one

  static Value text(Template t) { return {false, {std::move(t)}}; }
  static Value of(Part part) { return text(Template(std::move(part))); }
  // A text where there is one.
  static Value of(std::vector<Template> items) { return {items.size() != 1, std::move(items)}; }
  std::string as_text() const { return readable(items.front()); }
  friend bool operator==(const Value&, const Value&) = default;
};

std::string readable(const Value& value);  // a list with commas
std::string exact(const Value& value);     // as exact() of a template

// `lookup` gives the value of a name, or nothing; what it gives nothing for (and has no otherwise)
// is handed to `missing`. A list stands only alone: it gives several items.
using NameLookup = std::function<std::optional<Value>(const TemplateName& name)>;
std::vector<Template> expand(const Template& text, const NameLookup& lookup,
                             const std::function<void(const TemplateName& name)>& missing);

// The product and quotients of whole numbers from the left to the right, each quotient rounded
// down; nothing where a number is none or is too large, or a divisor is 0.
std::optional<std::string> calculated(const std::vector<TemplateName::Factor>& numbers);

}  // namespace mlpgen
