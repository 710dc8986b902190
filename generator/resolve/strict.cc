// Conditions over keys that configure knows.
#include <algorithm>

#include "resolve/deps.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

bool is_number(KeyType type) { return type == KeyType::kInt || type == KeyType::kNumber; }

// A condition on a bool takes only yes and no words.
void check_words(const KeyTest& t, KeyType type, Sink& sink) {
  if (type == KeyType::kBool && t.kind == KeyTest::Kind::kEquals)
    sink.error("wrong-value", t.words.front().span,
               "'" + t.key.value + "' is yes or no, and '" + t.words.front().value + "' is neither")
        .with_help("write yes or no");
}

bool can_be_set(const Text& key, Frame& frame, Sink& sink) {
  if (frame.declares(key.value)) return true;
  std::string near = did_you_mean(key.value, frame.declared());
  sink.error("undeclared-key", key.span,
             "nothing in " + frame.recipe().id.value + " can set '" + key.value + "'")
      .with_help(!near.empty() ? near
                               : "declare it: a flag, a default_env, `inherits`, or under `keys:`");
  return false;
}

}  // namespace

Conditions by_types(Conditions when, const Frame& frame) {
  for (auto* list : {&when.enable_all, &when.enable_any, &when.skip_all, &when.skip_any})
    for (KeyTest& t : *list)
      if (is_number(frame.type_of(t.key.value))) t.kind = KeyTest::Kind::kEquals;
  return when;
}

void check_condition(const Conditions& when, Frame& frame, Sink& sink) {
  for (const auto* list : {&when.enable_all, &when.enable_any, &when.skip_all, &when.skip_any})
    for (const KeyTest& t : *list)
      if (can_be_set(t.key, frame, sink)) check_words(t, frame.type_of(t.key.value), sink);
}

bool check_declared(const Text& key, Frame& frame, Sink& sink) {
  if (!can_be_set(key, frame, sink)) return false;
  std::optional<Value> v = frame.get(key.value);
  if (!v || std::none_of(v->items.begin(), v->items.end(), has_late)) return true;
  sink.error("late-condition", key.span,
             "'" + key.value +
                 "' is known only after a measurement, so neither a condition nor a tag can ask "
                 "for it")
      .with_help("let the step that needs it read it when it runs");
  return false;
}

Decision evaluate_strict(const Conditions& when, Frame& frame, Sink& sink, bool& failed) {
  if (when.empty() && !failed) return {};
  size_t errors = sink.errors();
  Conditions typed = by_types(when, frame);
  for (auto* list : {&typed.enable_all, &typed.enable_any, &typed.skip_all, &typed.skip_any})
    for (const KeyTest& t : *list) {
      if (!check_declared(t.key, frame, sink)) continue;
      check_words(t, frame.type_of(t.key.value), sink);
      std::optional<Value> all = frame.get(t.key.value);
      if (all && all->items.size() > 1 && !t.key.value.starts_with('+'))
        sink.error("several-values", t.key.span,
                   "'" + t.key.value + "' has several values here (" +
                       join(readable(all->items), ", ") + "), so no condition can ask for one")
            .with_help(
                "ask in a recipe that is called once for each of them: one below a dep with "
                "`foreach: [" +
                t.key.value + "]`");
    }
  if (sink.errors() != errors) failed = true;
  if (failed) return {false, "not evaluated"};
  return frame.decide(typed);
}

}  // namespace mlpgen
