// What a reader of `mlpgen show` or a machine without a network would miss: help, and digests of
// downloads.
#include <algorithm>

#include "check/parts.h"
#include "check/pieces.h"

namespace mlpgen {
namespace {

void need_text(const std::string& text, const Text& name, const std::string& what, Sink& sink) {
  if (!text.empty()) return;
  sink.warning("missing-about", name.span, what + " '" + name.value + "' has no word of help")
      .with_help("describe it in one sentence: `about: ...`, for a flag `help: ...`");
}

bool has_text(const RecipeStep& step, const std::string& name) {
  return std::any_of(step.params.begin(), step.params.end(), [&](const Param& p) {
    return p.name.value == name && !p.items.empty() && !p.items.front().value.empty();
  });
}

}  // namespace

void check_about(const Recipe& r, Sink& sink) {
  need_text(r.about, r.id, "the recipe", sink);
  for (const Flag& f : r.flags) need_text(f.help, f.name, "the flag", sink);
  for (const Key& k : r.keys) need_text(k.about, k.name, "the key", sink);
  for (const Target& t : r.targets) need_text(t.about, t.name, "the target", sink);
}

size_t check_digests(const Recipe& r, Library& library, bool strict, Sink& sink) {
  size_t without = 0;
  for (const RecipeStep* s : all_steps(r)) {
    const StepRule* rule = library.rule(s->rule);
    if (!rule || rule->lock.value != "file" || has_text(*s, "sha256") || has_text(*s, "md5"))
      continue;
    ++without;
    if (strict)
      sink.warning("missing-digest", s->id.span,
                   "the download '" + s->id.value + "' of " + r.id.value + " has no digest")
          .with_help(
              "add `sha256:` as the file's publisher states it; without one, a lock or the first "
              "download decides");
  }
  return without;
}

}  // namespace mlpgen
