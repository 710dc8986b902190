// Files that set keys: --system=acme.json.
#include <algorithm>

#include "recipe/load/entry_file.h"
#include "resolve/frame/frame.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {

void Frame::take_files() {
  for (const Key& key : call_.recipe->keys) {
    const Setter* file = key.sets.empty() ? nullptr : winner(key.name.value);
    if (file && !file->value.items.empty() && !readable(file->value).empty())
      take_file(key, Setter(*file));
  }
}

// An entry is weaker than what the caller hands down, so a flag overrides it. Of a key that no word
// of a request may change, the file may only repeat the value.
void Frame::take_file(const Key& key, const Setter& file) {
  note_read(key.name.value);
  auto entries = read_entry_file(*around_.library, readable(file.value), file.span, sink_);
  if (!entries) return;
  std::vector<std::string> known;
  for (const auto& [entry, of] : key.sets) known.push_back(entry.value);
  for (const auto& [name, value] : *entries) {
    auto it = std::find(known.begin(), known.end(), name.value);
    if (it == known.end()) {
      std::string near = did_you_mean(name.value, known);
      sink_.error("unknown-key", name.span, "'" + name.value + "' is no key of " + key.about)
          .with_help(near.empty() ? "its keys: " + join(known, ", ") : near);
      continue;
    }
    const std::string& to = key.sets[static_cast<size_t>(it - known.begin())].second.value;
    const Setter* by_caller = internal_key(to) ? winner(to) : nullptr;
    if (by_caller && by_caller->rank == Rank::kInherited &&
        readable(by_caller->value) != value.value)
      sink_
          .error("other-value", value.span,
                 "'" + name.value + "' is '" + value.value + "' here, and this request has '" +
                     readable(by_caller->value) + "'")
          .note(by_caller->span, "the request's value comes from here")
          .with_help("leave the line out, or change the request");
    set(to, {Rank::kRecipeEnv, 0, value.span, "key " + name.value, Value::text(value.value)});
  }
}

}  // namespace mlpgen
