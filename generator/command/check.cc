// mlpgen check: reads every recipe, rule, preset and round strictly, whether a request reaches it
// or not, and looks at what they say of each other.
#include "check/check.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "file/file.h"
#include "round/round.h"
#include "text/text.h"

namespace mlpgen {
namespace {

size_t warnings_of(const Sink& sink) { return sink.all().size() - sink.errors(); }

void print_counts(const CheckCounts& c, size_t rounds, bool strict, const Sink& sink, bool json) {
  if (json) {
    nlohmann::ordered_json j = {{"format", 1},
                                {"recipes", c.recipes},
                                {"rules", c.rules},
                                {"presets", c.presets},
                                {"rounds", rounds},
                                {"variations", c.variations},
                                {"deps", c.deps},
                                {"errors", sink.errors()},
                                {"warnings", warnings_of(sink)},
                                {"unread_keys", c.unread},
                                {"unused_rules", c.unused_rules},
                                {"downloads_without_digest", c.no_digest}};
    std::cout << j.dump(2) << "\n";
    return;
  }
  std::cout << counted(c.recipes, "recipe") << ", " << counted(c.rules, "rule") << ", "
            << counted(c.presets, "preset") << ", " << counted(rounds, "round") << ": "
            << counted(sink.errors(), "error") << ", " << counted(warnings_of(sink), "warning")
            << "\n";
  if (c.unread + c.no_digest + c.unused_rules > 0)
    std::cout << "keys that are set and read by nothing: " << c.unread
              << ", downloads without a digest: " << c.no_digest
              << ", rules that no recipe uses: " << c.unused_rules
              << (strict ? "" : "; `mlpgen check --strict` lists them") << "\n";
}

// DIR... are folders of recipes beside the installation's own.
void add_folders(const CommandLine& line, Session& s) {
  for (const std::string& word : line.words) {
    std::string folder = std::filesystem::absolute(word).lexically_normal();
    if (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    if (folder != s.installation.root) s.saved.trusted.push_back(folder);
  }
}

}  // namespace

static int run_check(const CommandLine& line) {
  Session s(line);
  add_folders(line, s);
  if (!s.open_recipes()) return s.finish();
  for (const std::string& id : s.library->ids()) s.library->expect(id);
  for (const std::string& name : s.library->rule_names()) s.library->expect_rule(name);
  bool strict = line.has("--strict");
  const std::string folder = s.library->root() + "/recipes/rounds";
  size_t rounds = exists(folder) ? load_rounds(s.sources, folder, s.sink).size() : 0;
  CheckCounts counts = check_library(*s.library, strict, s.sink);
  print_counts(counts, rounds, strict, s.sink, s.json);
  std::cerr << (s.json ? to_json(s.sink, s.sources)
                       : to_text(s.sink, s.sources, std::numeric_limits<size_t>::max()));
  return s.sink.ok() && (!strict || s.sink.all().empty()) ? kDone : kMendable;
}

CommandEntry check_entry() {
  return {
      "check",
      "[DIR...]",
      "Look at every recipe, rule, preset and round, whether a request reaches it or not",
      R"(DIR holds your own recipes and rules beside the installation's. It reports parse errors;
variations and combinations that no words can make active; conditions that can never hold; deps
that no recipe or several match, or with unknown variations; keys that are inherited and not
read; missing help; presets that name something unknown.

Exit code 1 after an error; with --strict also after a warning.

Examples:
  mlpgen check
  mlpgen check my-recipes --strict)",
      {{"--strict", "",
        "also report keys that are set and read by nothing, downloads without a digest, rules that "
        "no recipe uses"},
       kTrustOption,
       kFormatOption,
       kHelpOption},
      false,
      run_check};
}

}  // namespace mlpgen
