// Tags to the one recipe that they select.
#include <algorithm>

#include "resolve/deps.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

void note_candidates(Diagnostic& d, const std::vector<std::string>& ids, Library& library) {
  for (const std::string& id : ids)
    if (const Recipe* r = library.recipe(id)) d.note(r->id.span, "candidate");
}

}  // namespace

const Recipe* select_recipe(const TagQuery& query, Span at, const std::string& added,
                            Library& library, Sink& sink) {
  std::vector<std::string> ids = library.select(query);
  if (ids.size() == 1) return library.recipe(ids.front());
  std::vector<std::string> tags, known = library.all_tags(), all_ids = library.ids();
  known.insert(known.end(), all_ids.begin(), all_ids.end());
  for (const Text& t : query.tags) tags.push_back(t.value);
  std::string suffix = added.empty() ? "" : " (of which an override added: " + added + ")";
  if (ids.size() > 1) {
    auto& d = sink.error(
        "ambiguous-tags", at,
        "'" + join(tags, ",") + "' selects " + std::to_string(ids.size()) + " recipes" + suffix);
    note_candidates(d, ids, library);
    d.with_help("add a tag that only one of them has, or write the id: " + join(ids, ", "));
    return nullptr;
  }
  for (const Text& t : query.tags) {
    if (std::find(known.begin(), known.end(), t.value) != known.end()) continue;
    std::string near = did_you_mean(t.value, known);
    sink.error("unknown-tag", t.span.known() ? t.span : at,
               "no recipe has the tag '" + t.value + "'" + suffix)
        .with_help(near.empty() ? "`mlpgen find` lists all recipes with their tags" : near);
    return nullptr;
  }
  TagQuery fewer = query;
  fewer.tags.pop_back();
  auto& d = sink.error("no-recipe", at,
                       "no recipe has all of the tags '" + join(tags, ",") + "'" + suffix);
  if (!fewer.tags.empty()) note_candidates(d, library.select(fewer), library);
  d.with_help("drop a tag; `mlpgen find " + (tags.empty() ? "" : tags.front()) +
              "` shows what there is");
  return nullptr;
}

}  // namespace mlpgen
