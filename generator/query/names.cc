// A word that a person uses -> the edges that it means.
#include <algorithm>

#include "query/work.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

bool is_pattern(const std::string& word) { return word.find_first_of("*?") != std::string::npos; }

bool is_identity(const std::string& word) {
  return word.size() >= 6 && word.find_first_not_of("0123456789abcdef") == std::string::npos;
}

template <class Test>
EdgeBits edges_where(const Work& work, Test&& test) {
  EdgeBits found(work.count());
  for (size_t i = 0; i < work.count(); ++i) found[i] = test(work.edge(i));
  return found;
}

EdgeBits edges_of_target(const Work& work, const PlanTarget& target) {
  EdgeBits found(work.count());
  for (EdgeId id : target.edges) found[static_cast<uint32_t>(id)] = true;
  return found;
}

std::string nearest(const Work& work, const std::string& word) {
  std::vector<std::string> known;
  for (const PlanTarget& t : work.plan().targets) known.push_back(t.name);
  for (const Instance& i : work.resolution().instances) known.push_back(i.recipe->id.value);
  for (const Edge& e : work.plan().edges) known.push_back(e.name);
  if (std::string near = did_you_mean(word, known); !near.empty()) return near;
  std::string asked = word.substr(word.rfind('/') + 1);
  for (const Edge& e : work.plan().edges)
    if (edit_distance(asked, e.name.substr(e.name.rfind('/') + 1)) <= 2)
      return "did you mean '" + e.name + "'?";
  return "`mlpgen query '*'` lists the edges, `ninja help` the targets";
}

// A part of a name; only one edge may have it.
EdgeBits edges_that_hold(const Work& work, const std::string& word, Span at, Sink& sink) {
  EdgeBits held =
      edges_where(work, [&](const Edge& e) { return e.name.find(word) != std::string::npos; });
  size_t found = word.empty() ? 0 : count(held);
  if (found == 1) return held;
  if (found == 0) {
    sink.error("unknown-word", at, "'" + word + "' is no edge, target or recipe of this plan")
        .with_help(nearest(work, word));
    return held;
  }
  std::vector<std::string> names;
  for (size_t i = 0; i < held.size() && names.size() < 8; ++i)
    if (held[i]) names.push_back(work.edge(i).name);
  sink.error("ambiguous-edge", at,
             std::to_string(found) + " edges have '" + word + "' in their names")
      .with_help("write more of it: " + join(names, ", ") + (found > names.size() ? ", ..." : "") +
                 "; '*" + word + "*' means them all");
  return EdgeBits(work.count());
}

}  // namespace

EdgeBits edges_named(const Work& work, const std::string& word, Span at, Sink& sink) {
  EdgeBits found = edges_where(work, [&](const Edge& e) { return e.name == word; });
  if (count(found) != 0) return found;
  for (const PlanTarget& t : work.plan().targets)
    if (t.name == word) return edges_of_target(work, t);
  for (const Instance& i : work.resolution().instances)
    if (i.recipe->id.value == word)
      return edges_where(work, [&](const Edge& e) { return recipe_of(e) == word; });
  if (is_identity(word))
    found = edges_where(work, [&](const Edge& e) { return e.identity.starts_with(word); });
  if (is_pattern(word))
    found = edges_where(work, [&](const Edge& e) { return matches_glob(word, e.name); });
  return count(found) != 0 ? found : edges_that_hold(work, word, at, sink);
}

}  // namespace mlpgen
