// Names to values.
#include "resolve/value.h"

#include "text/text.h"

namespace mlpgen {

std::string readable(const Value& value) { return join(readable(value.items), ","); }

std::string exact(const Value& value) {
  std::string all;
  for (const Template& t : value.items) all += exact(t) + ";";
  return all;
}

std::vector<Template> expand(const Template& text, const NameLookup& lookup,
                             const std::function<void(const TemplateName&)>& missing) {
  if (!has_names(text)) return {text};
  Template out;
  for (const Part& part : text.parts()) {
    const auto* name = std::get_if<const TemplateName*>(&part);
    if (!name) {
      out.add(part);
      continue;
    }
    std::optional<Value> v = lookup(**name);
    if (!v && (*name)->otherwise) v = Value::of(expand(*(*name)->otherwise, lookup, missing));
    if (!v) {
      missing(**name);
    } else if (v->is_list && text.parts().size() == 1) {
      return std::move(v->items);
    } else {
      out.add(joined(v->items, " "));
    }
  }
  return {out};
}

}  // namespace mlpgen
