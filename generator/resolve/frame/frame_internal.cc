// Keys of a recipe that other recipes set, and no word of a request.
#include <algorithm>

#include "resolve/frame/frame.h"
#include "text/text.h"

namespace mlpgen {

const Text* Frame::internal_key(const std::string& key) const {
  const std::vector<Text>& keys = recipe().internal_keys;
  auto marked = std::find_if(keys.begin(), keys.end(),
                             [&](const Text& glob) { return matches_glob(glob.value, key); });
  return marked == keys.end() ? nullptr : &*marked;
}

void Frame::report_internal(const std::string& key, Span word, Span declared) {
  sink_
      .error("internal-key", word,
             recipe().id.value + " takes '" + key +
                 "' from other recipes: no word of a request changes it there")
      .note(declared,
            declared == recipe().id.span ? "the recipe" : "it is one of the `internal_keys` here")
      .with_help("ask for the run itself, by a flag or a variation; `mlpgen explain " + key +
                 "` shows where the value comes from");
}

// What other recipes made or chose is not for a request to say: it would be a label that nothing
// made true.
bool Frame::is_refused(const std::string& key, const Setter& setter) {
  bool override = setter.rank == Rank::kOverride;
  if (!override && setter.rank != Rank::kPreset && setter.rank != Rank::kEnvWord) return false;
  const Text* marked = override ? internal_key(key) : nullptr;
  if (!marked && (own_keys().count(key) || (!is_declared(key) && !(by_deps_ && by_deps_(key)))))
    return false;
  report_internal(key, setter.span, marked ? marked->span : recipe().id.span);
  return true;
}

// An internal key keeps what the caller handed on: no other variation of a group that it chooses
// from, and no other value.
void Frame::check_internal() {
  for (const auto& [key, setter] : call_.handed) {
    const Text* marked = setter.rank == Rank::kInherited ? internal_key(key) : nullptr;
    if (!marked) continue;
    auto flag = std::find_if(recipe().flags.begin(), recipe().flags.end(), [&](const Flag& f) {
      return f.key.value == key && !f.selects.value.empty();
    });
    std::string group = flag == recipe().flags.end() ? "" : flag->selects.value;
    auto chosen = std::find_if(call_.words.begin(), call_.words.end(), [&](const VariationWord& w) {
      return !group.empty() && w.choice == Choice::kInherited && w.group == group;
    });
    const Variation* handed =
        chosen == call_.words.end() ? nullptr : recipe().find_variation(chosen->name.value);
    std::optional<Value> value = get(key);
    bool changed = group.empty() && value && value->items != setter.value.items;
    for (const ActiveVariation& a : active_) {
      bool other = handed && a.variation != handed && a.variation->group.value == group;
      if (a.choice == Choice::kAsked && (other || (changed && find_entry(a.variation->env, key))))
        report_internal(key, a.span, marked->span);
    }
  }
}

}  // namespace mlpgen
