// What deps ask for: one recipe, with variations that it has and that do not exclude each other.
#include "resolve/deps.h"

#include <algorithm>

#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/frame/version_choice.h"
#include "resolve/variation/variations.h"

namespace mlpgen {
namespace {

// What is wrong whatever keys or callers add to the words.
bool is_certain(const Diagnostic& d) {
  for (const char* id :
       {"unknown-variation", "group-conflict", "internal-variation", "wildcard-needs-value"})
    if (d.id == id) return true;
  return false;
}

}  // namespace

void check_words(const Recipe& callee, const std::vector<Text>& variations, Sink& sink) {
  std::vector<Text> words = variations;
  std::erase_if(words, [](const Text& v) {  // filled in when it is called
    return v.value.find_first_of("#<$") != std::string::npos;
  });
  check_exact_words(callee, words, sink);
}

void check_exact_words(const Recipe& callee, const std::vector<Text>& variations, Sink& sink) {
  std::vector<VariationWord> words;
  for (const Text& v : variations) words.push_back({v, Choice::kAsked, 0});
  if (words.empty()) return;
  Sink tried;
  Contradictions(callee).find(words, tried);
  for (const Diagnostic& d : tried.all())
    if (is_certain(d)) sink.take(d);
}

namespace {

// A version that the callee does not have, and keys that it does not know.
void check_given(const Dep& dep, const Recipe& callee, Library& library, Sink& sink) {
  if (callee.missing) return;
  KeySet keys = declared_keys(callee, library);
  choose_version(callee, dep.version, keys.has(kAskedVersion), dep.span, sink);
  for (const EnvEntry& e : dep.env)
    if (!keys.has(e.key.value)) report_undeclared(callee, e.key, keys.all(), sink);
}

void check_dep(const Dep& dep, Library& library, Sink& sink) {
  const TagQuery& query = dep.plain_tags;
  if (query.tags.empty() && adds_tags(dep)) return;
  std::vector<std::string> ids = library.select(query);
  if (ids.size() != 1 && !(adds_tags(dep) && !ids.empty())) {
    select_recipe(query, dep.span, "", library, sink);
    return;
  }
  if (ids.size() > 1) return;  // a key adds the tag that decides
  const Recipe* callee = library.recipe(ids.front());
  if (!callee) return;
  check_words(*callee, query.variations, sink);
  check_given(dep, *callee, library, sink);
}

}  // namespace

void check_deps(const Recipe& recipe, Library& library, Sink& sink) {
  for (const Dep* dep : all_deps(recipe)) check_dep(*dep, library, sink);
}

}  // namespace mlpgen
