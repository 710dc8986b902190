// Which deps are read, by what is known of their conditions.
#include "resolve/test_bench.h"

using namespace mlpgen;

TEST_CASE("a dep is not read where the part of its condition that is known turns it off") {
  Bench b;
  b.recipe("damaged", "nonsense: 1");
  b.recipe("lib", "inherits: [LATER]");
  b.recipe(
      "app",
      "env: {KIND: slow}\nkeys: {LATER: {}}\n"
      "deps:\n  - {tags: damaged, enable_if_env: {KIND: [fast]}, skip_if_env: {LATER: [yes]}}\n"
      "  - {tags: damaged, skip_if_any_env: {KIND: [slow], LATER: [yes]}}\n  - {tags: lib}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.all("damaged").empty());
  CHECK(b.all("lib").size() == 1);
}

TEST_CASE("a dep is not read where an export of another turns it off") {
  Bench b;
  b.recipe("damaged", "nonsense: 1");
  b.recipe("probe", "exports: {KIND: slow}");
  b.recipe("app", "deps: [{tags: damaged, enable_if_env: {KIND: [fast]}}, {tags: probe}]");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.all("damaged").empty());
}

TEST_CASE("conditions that need all of their tests wait for those that are not known yet") {
  Bench b;
  b.recipe("probe", "exports: {LATER: yes}");
  for (const char* id : {"any", "all", "other"}) b.recipe(id);
  b.recipe("app",
           "env: {NOW: no}\ndeps:\n  - {tags: any, enable_if_any_env: {NOW: [yes], LATER: [yes]}}\n"
           "  - {tags: all, skip_if_env: {NOW: [no], LATER: [yes]}}\n"
           "  - {tags: other, skip_if_env: {NOW: [no], LATER: [no]}}\n  - {tags: probe}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.all("any").size() == 1);
  CHECK(b.all("all").empty());
  CHECK(b.all("other").size() == 1);
}

TEST_CASE("every key of a condition must be declared, also where another one turns the dep off") {
  Bench b;
  b.recipe("lib");
  b.recipe("app",
           "env: {KIND: slow}\ndeps: [{tags: lib, enable_if_env: {KIND: [fast], NOBODY: [x]}}]");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "undeclared-key");
  CHECK(b.says("NOBODY"));
}
