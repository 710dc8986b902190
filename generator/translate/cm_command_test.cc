#include "translate/cm_command.h"

#include <doctest/doctest.h>

#include "text/text.h"

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

TEST_CASE("pipes, redirections and placeholders are no words of their own") {
  CHECK(read("mlcr a --b=c -j > out.json 2>&1") == "run script a --b=c -j");
  CHECK(read("mlcr a -j 2>&1 | tee log.txt") == "run script a -j");
  CHECK(read("mlcr a </dev/null &>>log || cmr b &") == "run script a; run script b");
  CHECK(read("mlcr a <in.txt >out.txt --b=c") == "run script a --b=c");
  CHECK(read("mlcr a <in.txt 2>&1 --b=c") == "run script a --b=c");
  CHECK(read("mlcr a --token=<my access token> -j") == "run script a --token=<my access token> -j");
  CHECK(read("mlcr a,_<size> --dir=<where to>/x|cat") == "run script a,_<size> --dir=<where to>/x");
  CHECK(read("ls | wc -l") == "  ");  // what stands before a pipe is a command
}

TEST_CASE("what is no command of CM or MLC has no action") {
  CHECK(read("sudo apt update") == "  ");
  CHECK(read("python3 -m pip install cmind -U") == "   -m -U");
}
