// What is read of the env of an instance: by choices, for steps and exports, and all that only
// defaults set.
#include "resolve/frame/frame.h"
#include "text/text.h"

namespace mlpgen {

void Frame::note_read(const std::string& name) {
  if (readers_.empty())
    around_.uses.use(number_, name);
  else
    around_.uses.reads(number_, readers_.back(), number_, name);
}

Decision Frame::decide(const Conditions& when) {
  Lookup lookup = [&](const std::string& key) -> std::optional<std::string> {
    std::optional<Value> v = get(key);
    return v ? std::optional(readable(*v)) : std::nullopt;
  };
  for (const std::string& key : decisive_keys(when, lookup)) note_read(key);
  return evaluate(when, lookup);
}

// KEY=value of every plain key that only a default sets: what a result is to say of itself.
Value Frame::default_values() {
  Value all{true, {}};
  for (const auto& [key, setters] : setters_) {
    std::optional<Value> v = setters.front().rank == Rank::kDefaultEnv ? get(key) : std::nullopt;
    if (v && !v->is_list && !has_reference(v->items.front()))
      all.items.push_back(key + "=" + v->as_text());
  }
  return all;
}

}  // namespace mlpgen
