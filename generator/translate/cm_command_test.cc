#include "translate/cm_command.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace mlpgen;

namespace {
// "run script get,python --version=3" of each command, with ; between them.
std::string read(const std::string& text) {
  std::vector<std::string> all;
  for (const CmCommand& c : split_commands(text))
    all.push_back(c.action + " " + c.automation + " " + join(c.tags, ",") +
                  (c.options.empty() ? "" : " ") + join(c.options, " "));
  return join(all, "; ");
}
}  // namespace

TEST_CASE("tags are told apart wherever they stand") {
  CHECK(read("cm run script --tags=get,python,_x --version=3.8") ==
        "run script get,python,_x --version=3.8");
  CHECK(read("cm run script \"get mlperf loadgen _x\" --quiet") ==
        "run script get,mlperf,loadgen,_x --quiet");
  CHECK(read("cmr 'run-mlperf,inference -_y'") == "run script run-mlperf,inference,-_y");
  CHECK(read("mlcr get,python3 -v") == "run script get,python3 -v");
  CHECK(read("mlc run script --tags=a --x='b c'") == "run script a --x=b c");
  CHECK(read("cm rm cache --tags=install,python -f") == "rm cache install,python -f");
  CHECK(read("cm pull repo mlcommons@ck") == "pull repo mlcommons@ck");
}

TEST_CASE("lines, continuations, prompts and comments are as in a shell") {
  CHECK(read("$ cm run script \\\n   --tags=a \\\n --b=c\n\n# why\ncm show cache && cmr \"d\"; "
             "mlcr e") == "run script a --b=c; show cache ; run script d; run script e");
  CHECK(read("```bash\ncmr a --b='c d'\n```") == "run script a --b=c d");
  CHECK(read("```cm pull repo x```") == "pull repo x");
  CHECK(read("").empty());
}

TEST_CASE("what is no command of CM or MLC has no action") {
  CHECK(read("sudo apt update") == "  ");
  CHECK(read("python3 -m pip install cmind -U") == "   -m -U");
}
