// How things of the store are printed.
#include "command/text/store_text.h"

#include <set>

#include "text/text.h"

namespace mlpgen {
namespace {

std::string recipes_of(const Thing& thing) {
  std::set<std::string> recipes;
  for (const Asker& asker : thing.askers) recipes.insert(asker.recipe);
  return recipes.empty() ? "-" : join({recipes.begin(), recipes.end()}, ",");
}

std::string asker_words(const Asker& asker) {
  std::string text = asker.recipe;
  if (!asker.tags.empty()) text += " " + join(asker.tags, ",");
  for (const std::string& variation : asker.variations) text += ",_" + variation;
  return text;
}

}  // namespace

std::string thing_line(const Thing& thing) {
  std::string size = readable_bytes(thing.size);
  return thing.key.substr(0, 12) + "  " + std::string(10 - std::min<size_t>(10, size.size()), ' ') +
         size + "  " + thing.name + "  " + recipes_of(thing) + "\n";
}

std::string thing_text(const Thing& thing) {
  bool git = thing.kind == ThingKind::kGit;
  std::string text = (git ? "key     " : "sha256  ") + thing.key + "\nkind    " +
                     (git ? "repository" : "file") + "\nname    " + thing.name + "\nsize    " +
                     std::to_string(thing.size) + " bytes\nfrom    " + thing.from + "\n";
  if (!thing.when.empty()) text += "since   " + thing.when + "\n";
  if (!thing.used.empty()) text += "used    " + thing.used + "\n";
  text += "path    " + thing.path + "\n";
  for (const Asker& asker : thing.askers) text += "asked   " + asker_words(asker) + "\n";
  for (const std::string& run : thing.runs) text += "in      " + run + "\n";
  return text;
}

nlohmann::ordered_json thing_json(const Thing& thing) {
  nlohmann::ordered_json json = {{"kind", to_word(thing.kind)}, {"key", thing.key}};
  if (thing.kind == ThingKind::kFile) json["sha256"] = thing.key;
  json.update({{"name", thing.name},
               {"size", thing.size},
               {"from", thing.from},
               {"when", thing.when},
               {"used", thing.used},
               {"path", thing.path}});
  json["askers"] = nlohmann::ordered_json::array();
  for (const Asker& asker : thing.askers)
    json["askers"].push_back(
        {{"recipe", asker.recipe}, {"tags", asker.tags}, {"variations", asker.variations}});
  json["runs"] = thing.runs;
  return json;
}

nlohmann::ordered_json things_json(const std::vector<Thing>& things) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Thing& thing : things) all.push_back(thing_json(thing));
  return all;
}

uint64_t bytes_of(const std::vector<Thing>& things) {
  uint64_t bytes = 0;
  for (const Thing& thing : things) bytes += thing.size;
  return bytes;
}

void add_error(const Error& e, Sink& sink) {
  sink.error(e.id.empty() ? "unreadable-file" : e.id, {}, e.message).with_help(e.help);
}

}  // namespace mlpgen
