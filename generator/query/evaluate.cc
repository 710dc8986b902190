// Sets of edges, joined as the expression says.
#include "query/evaluate.h"

#include <algorithm>

#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

class Evaluation {
 public:
  Evaluation(const Work& work, Sink& sink) : work_(work), sink_(sink) {}

  EdgeBits of(const Expression& e) {
    if (e.kind == Expression::Kind::kName) return edges_named(work_, e.word, e.at, sink_);
    if (e.kind == Expression::Kind::kOperator) return joined(e);
    if (e.word == "kind") return of_kind(e.parts[0]);
    if (e.word == "attr") return with_attribute(e);
    EdgeBits first = of(e.parts[0]);
    if (e.word == "deps" || e.word == "rdeps")
      return closure(work_.plan(), first, e.word == "rdeps",
                     e.parts.size() > 1 ? std::stoi(e.parts[1].word) : -1);
    EdgeBits second = of(e.parts[1]);
    if (e.word == "somepath") return some_path(work_.plan(), first, second);
    return both(closure(work_.plan(), first), closure(work_.plan(), second, true));
  }

 private:
  static EdgeBits both(EdgeBits a, const EdgeBits& b) {
    for (size_t i = 0; i < a.size(); ++i) a[i] = a[i] && b[i];
    return a;
  }

  EdgeBits joined(const Expression& e) {
    EdgeBits a = of(e.parts[0]), b = of(e.parts[1]);
    if (e.word == "-") b.flip();
    if (e.word != "+") return both(a, b);
    for (size_t i = 0; i < a.size(); ++i) a[i] = a[i] || b[i];
    return a;
  }

  EdgeBits of_kind(const Expression& word) {
    EdgeBits found(work_.count());
    std::vector<std::string> known(std::begin(kStepKinds), std::end(kStepKinds));
    bool exists = std::any_of(known.begin(), known.end(),
                              [&](const std::string& k) { return matches_glob(word.word, k); });
    if (!exists) {
      std::string near = did_you_mean(word.word, known);
      sink_.error("unknown-word", word.at, "there is no kind of step '" + word.word + "'")
          .with_help(near.empty() ? "kinds: " + join(known, ", ") : near);
    }
    for (size_t i = 0; i < found.size(); ++i)
      found[i] = matches_glob(word.word, work_.edge(i).kind.text());
    return found;
  }

  EdgeBits with_attribute(const Expression& e) {
    EdgeBits found(work_.count());
    bool known = work_.count() == 0;
    for (size_t i = 0; i < found.size(); ++i)
      found[i] = has_attribute(work_, i, e.parts[0].word, e.parts[1].word, known);
    if (!known) unknown_key(e.parts[0]);
    return found;
  }

  void unknown_key(const Expression& key) {
    std::vector<std::string> all = {"rule", "kind", "mode", "recipe", "target", "state"};
    for (size_t i = 0; i < work_.count(); ++i)
      for (const StepUse& use : work_.uses(i)) {
        for (const ResolvedParam& p : use.step->params) all.push_back(p.name.value);
        for (const auto& [name, binding] : use.instance->env) all.push_back(name);
      }
    std::string near = did_you_mean(key.word, all);
    sink_
        .error("unknown-word", key.at,
               "no edge of this plan has a key or parameter '" + key.word + "'")
        .with_help(near.empty() ? "name an env key (`mlpgen explain RECIPE` lists a recipe's), a "
                                  "parameter of a rule, or rule, kind, mode, recipe, target, state"
                                : near);
  }

  const Work& work_;
  Sink& sink_;
};

}  // namespace

std::optional<EdgeBits> evaluate(const Expression& expression, const Work& work, Sink& sink) {
  size_t before = sink.errors();
  EdgeBits found = Evaluation(work, sink).of(expression);
  if (sink.errors() != before) return std::nullopt;
  return found;
}

}  // namespace mlpgen
