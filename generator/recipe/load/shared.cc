// A step and the shared parts that it takes -> one map.
#include "recipe/load/shared.h"

#include <algorithm>
#include <vector>

#include "recipe/load/reader.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr std::string_view kWith = "with";

// Adds what `part` says to `all`; the place of a key that both say is that of the later one.
void add(const Node& part, const std::string& name, Node& all, Sink& sink) {
  for (const auto& entry : part.entries) {
    auto first = std::find_if(all.entries.begin(), all.entries.end(),
                              [&](const auto& e) { return e.first.text == entry.first.text; });
    if (first == all.entries.end()) {
      all.entries.push_back(entry);
      continue;
    }
    if (first->first.span == entry.first.span) continue;  // two parts take the same one
    sink.error("given-twice", first->first.span,
               "'" + entry.first.text + "' is given here and by the shared part '" + name + "'")
        .note(entry.first.span, "there")
        .with_help(
            "remove one of the two, or move it into a part of its own that only some steps take");
  }
}

}  // namespace

SharedParts::SharedParts(const Node* shared, Sink& sink) : shared_(shared), sink_(sink) {
  if (!shared_) return;
  for (const auto& [name, part] : shared_->entries) {
    MapReader m(part, "a shared part", sink_);
    for (const auto& [key, value] : part.entries)
      if (key.text == "id")
        sink_.error("unknown-key", key.span, "a shared part has no key 'id'")
            .with_help("give each step its own `id`");
  }
}

Node SharedParts::complete(const Node& step) {
  std::set<std::string> path;
  return complete(step, path);
}

Node SharedParts::complete(const Node& node, std::set<std::string>& path) {
  const Node* with = node.find(kWith);
  if (!with) return node;
  Node all = node;
  std::erase_if(all.entries, [](const auto& e) { return e.first.text == kWith; });
  for (const Text& name : read_texts(*with, "'with'", sink_))
    if (const Node* taken = part(name, path)) add(*taken, name.value, all, sink_);
  return all;
}

const Node* SharedParts::part(const Text& name, std::set<std::string>& path) {
  taken_.insert(name.value);
  if (auto it = completed_.find(name.value); it != completed_.end()) return &it->second;
  const Node* written = shared_ ? shared_->find(name.value) : nullptr;
  if (!written) {
    std::vector<std::string> known;
    if (shared_)
      for (const auto& [key, part] : shared_->entries) known.push_back(key.text);
    std::string near = did_you_mean(name.value, known);
    sink_.error("unknown-part", name.span, "no shared part has the name '" + name.value + "'")
        .with_help(!near.empty()   ? near
                   : known.empty() ? "write it under `shared`"
                                   : "the parts under `shared`: " + join(known, ", "));
    return nullptr;
  }
  if (!path.insert(name.value).second) {
    sink_.error("shared-cycle", name.span, "the shared part '" + name.value + "' takes itself")
        .with_help("remove one `with` of: " + join({path.begin(), path.end()}, ", "));
    return nullptr;
  }
  Node all = complete(*written, path);
  path.erase(name.value);
  return &(completed_[name.value] = std::move(all));
}

void SharedParts::finish() {
  if (!shared_) return;
  for (const auto& [name, part] : shared_->entries)
    if (!taken_.count(name.text))
      sink_.error("unused-part", name.span, "no step takes the shared part '" + name.text + "'")
          .with_help("write `with: [" + name.text + "]` in a step, or remove the part");
}

}  // namespace mlpgen
