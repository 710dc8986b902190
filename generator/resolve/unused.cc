// What a word of the request reaches: a choice, or a step of a target.
#include "resolve/unused.h"

#include <algorithm>

#include "resolve/root.h"
#include "text/text.h"

namespace mlpgen {
namespace {

class Judge {
 public:
  Judge(const Resolution& resolution, const Reads& reads)
      : resolution_(resolution), reads_(reads) {}

  bool key_is_used(const std::string& key) const {
    return std::any_of(reads_.roots.begin(), reads_.roots.end(),
                       [&](InstanceId id) { return is_used(id, key); });
  }

  // Whether something depends on a variation of the root, by the name under which it is active.
  bool has_effect(const Text& word) {
    seen_.clear();
    return std::any_of(reads_.roots.begin(), reads_.roots.end(), [&](InstanceId id) {
      const Variation* v = active(resolution_.at(id), word.value);
      return v && (is_target_of(id, *v) || has_effect(id, word.value));
    });
  }

  const Recipe& root() const { return *resolution_.at(reads_.roots.front()).recipe; }

 private:
  bool is_used(InstanceId id, const std::string& key) const {
    return reads_.uses.is_used(reads_.frames[static_cast<uint32_t>(id)], key);
  }

  // The variation that is active under this name or alias.
  static const Variation* active(const Instance& i, const std::string& word) {
    const Variation* v = i.recipe->find_variation(word);
    bool there =
        v && std::any_of(i.variations.begin(), i.variations.end(),
                         [&](const std::string& n) { return n == v->name.value || n == word; });
    return there ? v : nullptr;
  }

  // Plain `ninja` builds a target by its variation.
  bool is_target_of(InstanceId id, const Variation& v) const {
    const std::vector<Target>& all = resolution_.at(id).recipe->targets;
    return std::any_of(all.begin(), all.end(), [&](const Target& t) {
      return !t.by_default && t.variation.value == v.name.value;
    });
  }

  bool has_effect(InstanceId id, const std::string& word) {
    const Instance& i = resolution_.at(id);
    const Variation* v = active(i, word);
    if (!v || !seen_.insert({id, word}).second) return false;
    if (v->is_default && !v->group.value.empty()) return true;  // it says what holds anyway
    return v->warning || makes(id, *v) || sets_used(id, *v) || displaces(id, *v) || calls(id, *v) ||
           chooses(id, *v) || is_part(id, *v) || is_handed_on(id, *v, word);
  }

  // Steps and exports of its own that something needs.
  bool makes(InstanceId id, const Variation& v) const {
    return std::any_of(v.steps.begin(), v.steps.end(),
                       [&](const RecipeStep& s) { return is_used(id, "step " + s.id.value); }) ||
           std::any_of(v.exports.begin(), v.exports.end(),
                       [&](const EnvEntry& e) { return is_used(id, "export " + e.key.value); });
  }

  bool sets_used(InstanceId id, const Variation& v) const {
    const Instance& i = resolution_.at(id);
    auto wins = [&](const EnvEntry& e) {
      auto b = i.env.find(e.key.value);
      if (b == i.env.end() || !is_used(id, e.key.value)) return false;
      const Setter& winner = b->second.winner;
      return e.is_list || winner.span == e.key.span ||
             winner.rank == Rank::kVariation;  // of two variations, two-values tells
    };
    return std::any_of(v.env.begin(), v.env.end(), wins) ||
           std::any_of(v.default_env.begin(), v.default_env.end(), wins);
  }

  // Without it the group's default would be active.
  bool displaces(InstanceId id, const Variation& v) const {
    for (const Variation& d : resolution_.at(id).recipe->variations) {
      if (!d.is_default || v.group.value.empty() || d.group.value != v.group.value) continue;
      return !d.steps.empty() || !d.deps.empty() || !d.exports.empty() ||
             std::any_of(d.env.begin(), d.env.end(),
                         [&](const EnvEntry& e) { return is_used(id, e.key.value); });
    }
    return false;
  }

  bool calls(InstanceId id, const Variation& v) {
    auto called = [&](const ResolvedDep& d) {
      return d.enabled && std::any_of(v.deps.begin(), v.deps.end(),
                                      [&](const Dep& own) { return own.span == d.dep->span; });
    };
    const std::vector<ResolvedDep>& deps = resolution_.at(id).deps;
    return std::any_of(deps.begin(), deps.end(), called) ||
           std::any_of(v.overrides.begin(), v.overrides.end(),
                       [&](const Override& o) { return overrides(o); });
  }

  // Whether what it gives a dep changes something there.
  bool overrides(const Override& o) {
    for (const auto& [applied, targets] : reads_.applied) {
      if (!(applied->handle.span == o.handle.span)) continue;
      for (InstanceId target : targets) {
        bool reached =
            !o.tags.tags.empty() || !o.tags.excluded.empty() || o.version.exact || o.version.min ||
            o.version.max || o.name ||
            std::any_of(o.env.begin(), o.env.end(),
                        [&](const EnvEntry& e) { return is_used(target, e.key.value); }) ||
            std::any_of(o.tags.variations.begin(), o.tags.variations.end(), [&](const Text& word) {
              return !is_default_anyway(target, word) && has_effect(target, word.value);
            });
        if (reached) return true;
      }
    }
    return false;
  }

  // The default of a group for which no dep that calls the instance asks for another one.
  bool is_default_anyway(InstanceId id, const Text& word) const {
    const Instance& i = resolution_.at(id);
    const Variation* v = i.recipe->find_variation(word.value);
    if (!v || !v->is_default) return false;
    auto asks = [&](const ResolvedDep& d) {
      return d.target == id && std::any_of(d.dep->tags.variations.begin(),
                                           d.dep->tags.variations.end(), [&](const Text& t) {
                                             const Variation* other =
                                                 i.recipe->find_variation(t.value);
                                             return other && other->group.value == v->group.value;
                                           });
    };
    return std::none_of(i.asked_by.begin(), i.asked_by.end(), [&](InstanceId by) {
      const std::vector<ResolvedDep>& deps = resolution_.at(by).deps;
      return std::any_of(deps.begin(), deps.end(), asks);
    });
  }

  // Its bases, and what it says of other groups.
  bool chooses(InstanceId id, const Variation& v) {
    const Instance& i = resolution_.at(id);
    auto wanted = [&](const auto& d) {
      return std::any_of(i.because.begin(), i.because.end(), [&](const std::string& why) {
        return why == "default of _" + v.name.value + " for group " + d.first.value;
      });
    };
    return std::any_of(v.default_variations.begin(), v.default_variations.end(), wanted) ||
           std::any_of(v.bases.begin(), v.bases.end(),
                       [&](const Text& b) { return has_effect(id, b.value); });
  }

  bool is_part(InstanceId id, const Variation& v) {
    const Instance& i = resolution_.at(id);
    for (const Variation& c : i.recipe->variations) {
      bool part = std::any_of(c.parts.begin(), c.parts.end(),
                              [&](const Text& p) { return p.value == v.name.value; });
      if (part && has_effect(id, c.name.value)) return true;
    }
    return false;
  }

  bool is_handed_on(InstanceId id, const Variation& v, const std::string& word) {
    for (const ResolvedDep& d : resolution_.at(id).deps) {
      if (!d.enabled || d.target == InstanceId::kNone || !d.dep->inherit_variation_tags) continue;
      bool skipped =
          std::any_of(d.dep->skip_inherit_groups.begin(), d.dep->skip_inherit_groups.end(),
                      [&](const Text& g) { return g.value == v.group.value; });
      if (!skipped && has_effect(d.target, word)) return true;
    }
    return false;
  }

  const Resolution& resolution_;
  const Reads& reads_;
  std::set<std::pair<InstanceId, std::string>> seen_;  // for one word
};

bool does_nothing(const std::string& help) {
  return help.starts_with(kNotNeeded) || help.starts_with(kNotWritten);
}

void warn_flags(const Request& request, const Judge& judge, Sink& sink) {
  const Recipe& root = judge.root();
  auto check = [&](const std::string& key, const std::string& word, Span at,
                   const std::string& help) {
    bool nothing = does_nothing(help);
    if ((!nothing && judge.key_is_used(key)) || key == kRerunKey) return;
    sink.warning("unused-value", at,
                 nothing ? word + " is " + help
                         : word + " sets '" + key + "', and nothing in this request reads it")
        .with_help("it changes nothing here; drop it, or see `mlpgen show " + root.id.value + "`");
  };
  for (const auto& [name, value] : request.flags)
    if (const Flag* f = root.find_flag(flag_name(name.value)))
      check(f->key.value, "--" + name.value, name.span, f->help);
  for (const EnvEntry& e : request.env) check(e.key.value, "--env." + e.key.value, e.key.span, "");
}

void warn_variations(const Request& request, Judge& judge, Sink& sink) {
  for (const Text& word : request.root.variations) {
    const Variation* v = judge.root().find_variation(word.value);
    if (!v) continue;
    bool nothing = does_nothing(v->about);
    if (!nothing && judge.has_effect(word)) continue;
    std::vector<std::string> keys;
    for (const EnvEntry& e : v->env) keys.push_back(e.key.value);
    std::string why = keys.empty() ? ""
                                   : ": nothing reads what it sets (" + join(keys, ", ") +
                                         "), or a stronger word sets it";
    sink.warning("unused-value", word.span,
                 nothing ? "_" + word.value + " is " + v->about
                         : "_" + word.value + " changes nothing in this request" + why)
        .with_help("drop it, or see `mlpgen show " + judge.root().id.value + "`");
  }
}

}  // namespace

void warn_unused(const Request& request, const Resolution& resolution, const Reads& reads,
                 Sink& sink) {
  Judge judge(resolution, reads);
  warn_flags(request, judge, sink);
  warn_variations(request, judge, sink);
}

}  // namespace mlpgen
