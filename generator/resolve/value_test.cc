// Values in the place of names.
#include "resolve/value.h"

#include "resolve/test_bench.h"

using namespace mlpgen;

namespace {

std::string expanded(const std::string& text) {
  auto lookup = [](const TemplateName& name) -> std::optional<Value> {
    if (name.text == "A") return Value::text("a value");
    if (name.text == "EMPTY") return Value::text("");
    if (name.text == "L") return Value{true, {"one", "two"}};
    if (name.text == "FILE") return Value::of(SourceFile{"/a/b", "mlpgen", {}});
    return std::nullopt;
  };
  std::string missing;
  std::vector<Template> items = expand(parse_template(text), lookup, [&](const TemplateName& name) {
    missing += "(no " + name.text + ")";
  });
  return join(readable(items), "|") + missing;
}

}  // namespace

TEST_CASE("both notations of a name stand for its value") {
  CHECK(expanded("x ${A} y") == "x a value y");
  CHECK(expanded("x <<<A>>> y") == "x a value y");
}

TEST_CASE("two dollar signs stand for one, and begin no name") {
  CHECK(expanded("$$") == "$");
  CHECK(expanded("$${A}") == "${A}");
  CHECK(expanded("$$$${A}") == "$${A}");
  CHECK(expanded("$$${A}") == "$a value");
  CHECK(expanded("5$ ${A}") == "5$ a value");
  CHECK(expanded("$") == "$");
}

TEST_CASE("what stands after ':-' is taken for an unset key, but not for an empty one") {
  CHECK(expanded("${NONE:-other}") == "other");
  CHECK(expanded("${NONE:-}") == "");
  CHECK(expanded("${EMPTY:-other}") == "");
  CHECK(expanded("x${NONE:-${A}}y") == "xa valuey");
  CHECK(expanded("${NONE:-${NEITHER:-c}}") == "c");
  CHECK(expanded("${NONE}") == "(no NONE)");
}

TEST_CASE("a list alone gives its items, and one inside a text stands with blanks") {
  CHECK(expanded("${L}") == "one|two");
  CHECK(expanded("all: ${L}") == "all: one two");
  CHECK(expanded("${FILE}/c ${L}") == "/a/b/c one two");
}

TEST_CASE("a name that is never closed is plain text") {
  CHECK(expanded("a ${A and <<<A") == "a ${A and <<<A");
}

TEST_CASE("what a condition says of a path is the path") {
  Bench b;
  b.recipe("lib");
  b.recipe("app", "env: {DIR: '${recipe}/src'}\ndeps: [{tags: lib, enable_if_env: {DIR: [yes]}}]");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.the("app").deps[0].why == "DIR is '" + b.folder + "/recipes/t/app/src', asked for: yes");
}

TEST_CASE(
    "what is calculated are whole numbers, from the left to the right, each quotient rounded "
    "down") {
  CHECK(calculated({{'*', "7"}, {'/', "2"}, {'*', "2"}}) == "6");
  CHECK(calculated({{'*', "112"}, {'*', "2"}, {'/', "8"}}) == "28");
  CHECK(calculated({{'*', "2"}, {'/', "4"}}) == "0");
  for (const char* wrong : {"2.5", "-2", "", "9223372036854775807"})
    CHECK_FALSE(calculated({{'*', wrong}, {'*', "2"}}));
  CHECK_FALSE(calculated({{'*', "2"}, {'/', "0"}}));
}
