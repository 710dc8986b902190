// The record of what tests ran, read from the installation.
#include "command/text/ran_record.h"

#include "command/request/session.h"
#include "file/file.h"

namespace mlpgen {

std::optional<Ran> read_ran(Session& s) {
  std::string path = s.installation.root + "/recipes/ran.json";
  if (!exists(path)) return std::nullopt;
  Result<std::string> text = read_file(path);
  if (!text) {
    s.sink.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
    return std::nullopt;
  }
  Result<Ran> ran = parse_ran(*text);
  if (ran) return *ran;
  s.sink.error("bad-json", {}, path + ": " + ran.error().message).with_help(ran.error().help);
  return std::nullopt;
}

std::optional<RecipeState> recorded_state(const Recipe& recipe, const std::optional<Ran>& ran,
                                          const Session& s) {
  if (!ran || !recipe.directory.starts_with(s.installation.root + "/")) return std::nullopt;
  return state_of(recipe, *ran);
}

}  // namespace mlpgen
