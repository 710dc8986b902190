#include <doctest/doctest.h>

#include "command/run_directory/identities.h"

using namespace mlpgen;
using Kind = IdentityChange::Kind;

namespace {

const std::string kA(64, 'a'), kB(64, 'b');

IdentityRecord record(std::vector<std::pair<std::string, std::string>> parts) {
  return {kA, std::move(parts)};
}

}  // namespace

TEST_CASE("equal records differ in nothing") {
  CHECK(changes_between(record({{"word", "x"}}), record({{"word", "x"}})).empty());
}

TEST_CASE("a word that became another is one change") {
  auto c = changes_between(record({{"word", "run"}, {"word", "--threads=2"}}),
                           record({{"word", "run"}, {"word", "--threads=4"}}));
  REQUIRE(c.size() == 1);
  CHECK(c[0].kind == Kind::kWord);
  CHECK(c[0].before == "--threads=2");
  CHECK(c[0].after == "--threads=4");
}

TEST_CASE("a source is named, not its digest") {
  auto c = changes_between(record({{"word", "-I<source app/src " + kA + ">"}}),
                           record({{"word", "-I<source app/src " + kB + ">"}}));
  REQUIRE(c.size() == 1);
  CHECK(c[0].kind == Kind::kSource);
  CHECK(c[0].name == "app/src");
}

TEST_CASE("an input tells both artifacts, and is told once") {
  IdentityRecord before =
      record({{"word", "<" + kA + "/data.bin>"}, {"env", "DATA=<" + kA + "/data.bin>"}});
  IdentityRecord after =
      record({{"word", "<" + kB + "/data.bin>"}, {"env", "DATA=<" + kB + "/data.bin>"}});
  auto c = changes_between(before, after);
  REQUIRE(c.size() == 1);
  CHECK(c[0].kind == Kind::kInput);
  CHECK(c[0].name == "data.bin");
  CHECK(c[0].before == kA);
  CHECK(c[0].after == kB);
}

TEST_CASE("a program tells its versions") {
  auto c =
      changes_between(record({{"word", "<tool 12.2.0 x>"}}), record({{"word", "<tool 13.1.0 y>"}}));
  REQUIRE(c.size() == 1);
  CHECK(c[0].kind == Kind::kTool);
  CHECK(c[0].before == "12.2.0");
  CHECK(c[0].after == "13.1.0");
}

TEST_CASE("env, rule, machine and attempt") {
  auto c =
      changes_between(record({{"rule", kA}, {"env", "A=1"}, {"machine", "8"}}),
                      record({{"rule", kB}, {"env", "A=2"}, {"machine", "9"}, {"attempt", "1"}}));
  REQUIRE(c.size() == 4);
  CHECK(c[0].kind == Kind::kRule);
  CHECK(c[1].kind == Kind::kEnv);
  CHECK(c[1].name == "A");
  CHECK(c[1].after == "2");
  CHECK(c[2].kind == Kind::kMachine);
  CHECK(c[3].kind == Kind::kAttempt);
}
