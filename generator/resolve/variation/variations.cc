// The choice of variations.
#include "resolve/variation/variations.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "resolve/variation/allowed.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr size_t kLongestChain = 500;  // bases of bases: a few hundred KiB of stack

class Chooser {
 public:
  Chooser(const Recipe& recipe, const std::vector<Text>& excluded,
          std::vector<const Variation*> defaults, Sink& sink)
      : recipe_(recipe), sink_(sink), defaults_(std::move(defaults)) {
    for (const Text& t : excluded)
      if (const Variation* v = find(t, true)) excluded_.insert(active_name(*v, t.value));
  }

  void ask(const VariationWord& word) {
    if (const Variation* v = recipe_.find_variation(word.name.value);
        v && v->internal && !word.as_written) {
      sink_
          .error("internal-variation", word.name.span,
                 "_" + word.name.value + " is a part of other variations of " + recipe_.id.value +
                     " and is not chosen by hand")
          .note(v->span, "it is marked `internal` here")
          .with_help("choose one that has it as its base; `mlpgen show " + recipe_.id.value +
                     "` lists them");
      return;
    }
    if (word.choice == Choice::kInherited && !recipe_.find_variation(word.name.value) &&
        decides_over(recipe_, word.group))
      return absent_.push_back(word);
    add(word.name, word.choice,
        !word.because.empty()               ? word.because
        : word.choice == Choice::kInherited ? "chosen by an inherited key"
                                            : "asked for",
        word.as_written);
  }

  // What active variations say of other groups comes before the groups' own defaults, and what
  // those say before the defaults of the groups that they speak of.
  void fill_defaults() {
    size_t errors = sink_.errors();
    while (sink_.errors() == errors && (add_wanted() || add_group_default())) {
    }
  }

  std::vector<ActiveVariation> finish() {
    check_allowed(recipe_, active_, absent_, excluded_, sink_);
    std::vector<ActiveVariation> ordered;
    for (Choice c : {Choice::kDefault, Choice::kInherited, Choice::kAsked})
      for (bool wildcard : {false, true})
        for (const ActiveVariation& a : active_)
          if (!is_base_[a.name] && a.choice == c && !a.value.empty() == wildcard)
            append(ordered, a);
    for (const ActiveVariation& a : active_) append(ordered, a);
    add_combined(ordered);
    return ordered;
  }

 private:
  bool is_excluded(const std::string& name) const { return excluded_.count(name) != 0; }

  static std::string active_name(const Variation& v, const std::string& word) {
    return v.name.value.ends_with(".#") ? word : v.name.value;
  }

  // Adds the `default_variations` of active variations for one group without a member; false when
  // there is none.
  bool add_wanted() {
    const ActiveVariation* first = nullptr;
    Text chosen;
    for (const ActiveVariation& a : active_)
      for (const auto& [group, name] : a.variation->default_variations) {
        if (member(group.value) || is_excluded(name.value)) continue;
        const Variation* v = recipe_.find_variation(name.value);
        if (!first) {
          first = &a;
          chosen = name;
        } else if (v && group_of(chosen) == v->group.value &&
                   recipe_.find_variation(chosen.value) != v && a.choice == first->choice) {
          sink_
              .error("group-conflict", name.span,
                     "_" + first->name + " and _" + a.name + " want '" + chosen.value + "' and '" +
                         name.value + "' for group '" + group.value + "'")
              .note(chosen.span, "the other wish")
              .with_help("ask for one of the two by name");
          return false;
        } else if (v && group_of(chosen) == v->group.value && a.choice > first->choice) {
          first = &a;
          chosen = name;
        }
      }
    if (!first) return false;
    std::string because = "default of _" + first->name + " for group " + group_of(chosen);
    return !add(chosen, Choice::kDefault, because).empty();
  }

  std::string group_of(const Text& name) const {
    const Variation* v = recipe_.find_variation(name.value);
    return v ? v->group.value : "";
  }

  // Adds the default of one group without a member; one that the default of another such group
  // speaks of has to wait.
  bool add_group_default() {
    std::vector<const Variation*> open;
    for (const Variation* v : defaults_)
      if (!member(v->group.value) && !is_excluded(v->name.value)) open.push_back(v);
    std::sort(open.begin(), open.end(), [](const Variation* a, const Variation* b) {
      return a->group.value < b->group.value;
    });
    auto waits = [&](const Variation* v) {
      return std::any_of(open.begin(), open.end(), [&](const Variation* o) {
        return o != v &&
               std::any_of(o->default_variations.begin(), o->default_variations.end(),
                           [&](const auto& d) { return d.first.value == v->group.value; });
      });
    };
    auto next = std::find_if_not(open.begin(), open.end(), waits);
    if (next == open.end()) next = open.begin();
    if (next == open.end()) return false;
    return !add({(*next)->name.value, (*next)->span}, Choice::kDefault,
                "default of group " + (*next)->group.value)
                .empty();
  }

  const ActiveVariation* member(const std::string& group) const {
    for (const ActiveVariation& a : active_)
      if (!group.empty() && a.variation->group.value == group) return &a;
    return nullptr;
  }

  const Variation* find(const Text& name, bool wildcards = false) {
    const Variation* v = recipe_.find_variation(name.value);
    if (v && !v->parts.empty()) v = nullptr;
    if (v && v->name.value.ends_with(".#") && name.value == v->name.value && !wildcards) {
      sink_
          .error("wildcard-needs-value", name.span,
                 "_" + name.value + " needs a value in place of '#'")
          .with_help(
              "for example _" +
              replace_all(name.value, "#", v->example.value.empty() ? "1" : v->example.value));
      return nullptr;
    }
    if (v) return v;
    std::vector<std::string> known;
    for (const Variation& k : recipe_.variations)
      if (k.parts.empty() && !k.internal) known.push_back(k.name.value);
    std::string near = did_you_mean(name.value, known);
    sink_
        .error("unknown-variation", name.span,
               recipe_.id.value + " has no variation '" + name.value + "'")
        .note(recipe_.id.span, "the recipe")
        .with_help(!near.empty()   ? near
                   : known.empty() ? "it has no variations"
                                   : "its variations: " + join(known, ", "));
    return nullptr;
  }

  // The name under which it is active, or "" after an error.
  std::string add(const Text& name, Choice choice, const std::string& because,
                  bool as_written = false, size_t depth = 0) {
    const Variation* v = find(name, as_written);
    if (!v) return "";
    if (depth > kLongestChain) {
      sink_
          .error("too-large", name.span,
                 "_" + name.value + " depends on a chain of " + std::to_string(kLongestChain) +
                     " variations of which each is the base of the one before")
          .with_help("let the first ones name the last base itself");
      return "";
    }
    std::string active_name = Chooser::active_name(*v, name.value);
    for (ActiveVariation& a : active_)
      if (a.name == active_name) {
        if (choice > a.choice)
          std::tie(a.choice, a.span, a.because) = std::tuple(choice, name.span, because);
        return active_name;
      }
    if (is_excluded(active_name)) {
      sink_
          .error("excluded-variation", name.span,
                 "_" + active_name + " is " + because + " and excluded at once")
          .with_help("drop -_" + active_name);
      return "";
    }
    if (const ActiveVariation* other = member(v->group.value)) {
      sink_
          .error("group-conflict", name.span,
                 "'" + active_name + "' and '" + other->name +
                     "' exclude each other: both belong to group '" + v->group.value + "'")
          .note(other->span, "'" + other->name + "' was taken here (" + other->because + ")")
          .with_help("drop one of them; `mlpgen show " + recipe_.id.value + "` lists the group");
      return "";
    }
    std::string value =
        v->name.value.ends_with(".#") ? active_name.substr(v->name.value.size() - 1) : "";
    if (!value.empty()) v = &recipe_.specialise(*v, value);
    active_.push_back({v, active_name, value, choice, name.span, because});
    for (const Text& b : v->bases) {
      std::string base = add(b, choice, "base of _" + active_name, as_written, depth + 1);
      is_base_[base] = true;
      bases_[active_name].push_back(base);
    }
    return active_name;
  }

  // The bases of `a` first, then itself; each once.
  void append(std::vector<ActiveVariation>& ordered, const ActiveVariation& a) {
    if (!placed_.insert(a.name).second) return;
    for (const std::string& b : bases_[a.name])
      for (const ActiveVariation& x : active_)
        if (x.name == b) append(ordered, x);
    ordered.push_back(a);
  }

  void add_combined(std::vector<ActiveVariation>& ordered) {
    std::vector<ActiveVariation> combined;
    for (const Variation& v : recipe_.variations) {
      std::string value;  // of the part with a '#', which stands for it in the combined one as well
      auto active = [&](const Text& part) {
        auto a = std::find_if(active_.begin(), active_.end(), [&](const auto& x) {
          return x.name == part.value || x.variation->name.value == part.value;
        });
        if (a != active_.end() && part.value.ends_with(".#")) value = a->value;
        return a != active_.end();
      };
      if (v.parts.empty() || !std::all_of(v.parts.begin(), v.parts.end(), active)) continue;
      combined.push_back({value.empty() ? &v : &recipe_.specialise(v, value), v.name.value, value,
                          Choice::kAsked, v.span, "all its parts are active"});
    }
    std::stable_sort(combined.begin(), combined.end(), [](const auto& a, const auto& b) {
      return a.variation->parts.size() < b.variation->parts.size();
    });
    ordered.insert(ordered.end(), combined.begin(), combined.end());
  }

  const Recipe& recipe_;
  std::set<std::string> excluded_;  // names as they would be active
  Sink& sink_;
  std::vector<const Variation*> defaults_;  // of groups
  std::vector<ActiveVariation> active_;
  std::vector<VariationWord>
      absent_;  // inherited words for a group of the valid combinations that has no such variation
  std::map<std::string, bool> is_base_;
  std::set<std::string> placed_;
  std::map<std::string, std::vector<std::string>> bases_;
};

std::vector<const Variation*> defaults_of(const Recipe& recipe) {
  std::vector<const Variation*> all;
  for (size_t place : recipe.defaults()) all.push_back(&recipe.variations[place]);
  return all;
}

// Groups of what the defaults bring with them: bases and wishes, at any distance.
std::set<std::string> reached_by_defaults(const Recipe& recipe) {
  std::set<std::string> groups;
  std::set<const Variation*> seen;
  std::vector<const Variation*> todo = defaults_of(recipe);
  auto reach = [&](const Text& name) {
    const Variation* v = recipe.find_variation(name.value);
    if (!v || !seen.insert(v).second) return;
    groups.insert(v->group.value);
    todo.push_back(v);
  };
  while (!todo.empty()) {
    const Variation* v = todo.back();
    todo.pop_back();
    for (const Text& base : v->bases) reach(base);
    for (const auto& [group, name] : v->default_variations) reach(name);
  }
  return groups;
}

// The words that are left: an override's takes the place of another of its group, and so does what
// was asked for of what was inherited.
std::vector<VariationWord> settle(const Recipe& recipe, const std::vector<VariationWord>& words) {
  auto group = [&](const VariationWord& w) {
    const Variation* v = recipe.find_variation(w.name.value);
    return v ? v->group.value : "";
  };
  std::vector<VariationWord> kept;
  for (const VariationWord& w : words) {
    std::string g = group(w);
    bool beaten =
        !g.empty() && std::any_of(words.begin(), words.end(), [&](const VariationWord& o) {
          bool stronger = std::pair(o.strength, o.choice) > std::pair(w.strength, w.choice);
          return &o != &w && stronger && group(o) == g && o.name.value != w.name.value;
        });
    if (!beaten) kept.push_back(w);
  }
  return kept;
}

}  // namespace

std::vector<ActiveVariation> choose_variations(const Recipe& recipe,
                                               const std::vector<VariationWord>& words,
                                               const std::vector<Text>& excluded, Sink& sink) {
  Chooser chooser(recipe, excluded, defaults_of(recipe), sink);
  for (const VariationWord& w : settle(recipe, words)) chooser.ask(w);
  chooser.fill_defaults();
  return chooser.finish();
}

Contradictions::Contradictions(const Recipe& recipe) : recipe_(recipe) {
  std::set<std::string> groups = reached_by_defaults(recipe);
  for (const Variation* v : defaults_of(recipe))
    if (!v->bases.empty() || !v->default_variations.empty() || groups.count(v->group.value) != 0)
      defaults_.push_back(v);
}

void Contradictions::find(const std::vector<VariationWord>& words, Sink& sink) const {
  Chooser chooser(recipe_, {}, defaults_, sink);
  for (const VariationWord& w : settle(recipe_, words)) chooser.ask(w);
  chooser.fill_defaults();
}

}  // namespace mlpgen
