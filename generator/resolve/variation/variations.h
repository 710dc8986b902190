// Which variations of a recipe are active: asked for, implied, default; groups with exactly one.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "recipe/recipe.h"

namespace mlpgen {

// How strongly a variation was chosen.
enum class Choice { kDefault, kInherited, kAsked };

struct VariationWord {
  Text name;
  Choice choice = Choice::kAsked;
  int strength =
      0;  // of an override: takes the place of a weaker word of its group; later ones are stronger
  std::string because = {};  // where nobody wrote the word: what chose it
  std::string group = {};    // of a key's value: the group that it selects from
  bool as_written =
      false;  // for a page about it: an internal one, and "x.#" itself, may be named as well
};

struct ActiveVariation {
  const Variation* variation = nullptr;
  std::string name;   // as active: "bs.8" for the variation "bs.#"
  std::string value;  // what '#' stands for
  Choice choice = Choice::kAsked;
  Span span;  // the word that chose it
  std::string
      because;  // "asked for", "base of _x", "default of group g", "default of _x for group g"
};

// In the order of application: defaults, inherited, asked for; a base directly before its
// variation; within a rank those without a '#' value first; combined ones last, fewest parts first.
// Reports unknown-variation, group-conflict, excluded-variation, wildcard-needs-value,
// invalid-combination, unsupported-combination.
std::vector<ActiveVariation> choose_variations(const Recipe& recipe,
                                               const std::vector<VariationWord>& words,
                                               const std::vector<Text>& excluded, Sink& sink);

// Whether words can be taken together, asked for many lists of words of one recipe: defaults that
// no other choice touches are left out.
class Contradictions {
 public:
  explicit Contradictions(const Recipe& recipe);
  // Reports unknown-variation, group-conflict, internal-variation, wildcard-needs-value.
  void find(const std::vector<VariationWord>& words, Sink& sink) const;

 private:
  const Recipe& recipe_;
  std::vector<const Variation*> defaults_;
};

}  // namespace mlpgen
