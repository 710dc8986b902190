// mlpgen schema: the kinds of files that mlpgen reads, and the JSON Schema of each.
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "command/text/schemas.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

void print_kinds(bool json) {
  nlohmann::ordered_json j = {{"format", 1}, {"kinds", nlohmann::ordered_json::array()}};
  for (const FileKind& k : file_kinds()) {
    j["kinds"].push_back({{"kind", k.name}, {"about", k.about}});
    if (!json)
      std::cout << k.name << std::string(k.name.size() < 9 ? 9 - k.name.size() : 1, ' ') << k.about
                << "\n";
  }
  if (json) std::cout << j.dump(2) << "\n";
}

}  // namespace

static int run_schema(const CommandLine& line) {
  Session s(line);
  if (line.words.empty()) {
    print_kinds(s.json);
    return s.finish();
  }
  std::vector<std::string> names;
  for (const FileKind& k : file_kinds()) {
    if (k.name == line.words.front()) {
      std::cout << k.schema;
      return s.finish();
    }
    names.emplace_back(k.name);
  }
  std::string near = did_you_mean(line.words.front(), names);
  s.sink
      .error("unknown-kind", {}, "mlpgen reads no kind of file called '" + line.words.front() + "'")
      .with_help(near.empty() ? "kinds: " + join(names, ", ") : near);
  return s.finish();
}

CommandEntry schema_entry() {
  return {"schema",
          "[KIND]",
          "Print the JSON Schema of a kind of file, from which editors complete and check",
          R"(Without KIND: the kinds. A file tells its editor by its first line:
  # yaml-language-server: $schema=PATH

Examples:
  mlpgen schema
  mlpgen schema recipe > recipe.schema.json)",
          {kFormatOption, kHelpOption},
          false,
          run_schema};
}

}  // namespace mlpgen
