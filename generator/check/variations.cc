// Each variation and each combined one, asked for: words that exclude each other are found by the
// resolver's own choice.
#include "resolve/variation/variations.h"

#include <algorithm>

#include "check/parts.h"
#include "check/pieces.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// The words that make the variation active: itself, or the parts of a combined one.
std::vector<VariationWord> words_for(const Recipe& recipe, const Variation& v) {
  std::vector<VariationWord> words;
  std::vector<Text> names = v.parts.empty() ? std::vector<Text>{v.name} : v.parts;
  for (Text& name : names) {
    const Variation* part = recipe.find_variation(name.value);
    if (part && part->name.value == name.value) name.value = example_name(*part);
    if (!part || !part->internal) words.push_back({std::move(name), Choice::kAsked, 0});
  }
  return words;
}

// Says that `v` cannot become active, for the reason that the resolver gave.
void report(const Recipe& recipe, const Variation& v, const Diagnostic& why, Sink& sink) {
  Diagnostic& d = sink.warning(
      "unreachable-variation", v.span,
      "no words can make _" + v.name.value + " of " + recipe.id.value + " active: " + why.message);
  for (const Note& n : why.notes)
    if (n.span != v.span) d.note(n.span, n.text);
  d.with_help(v.parts.empty() ? "take it out, or give its bases other groups"
                              : "take it out: its parts can never be active together");
}

}  // namespace

void check_variations(const Recipe& recipe, Sink& sink) {
  const Contradictions contradictions(recipe);
  for (const Variation& v : recipe.variations) {
    if (v.internal) continue;
    Sink tried;
    contradictions.find(words_for(recipe, v), tried);
    for (const Diagnostic& d : tried.all())
      if (d.id == "group-conflict") {
        report(recipe, v, d, sink);
        break;
      }
  }
}

}  // namespace mlpgen
