// Templates and the references that stand in them.
#include "resolve/value.h"

#include "resolve/test_bench.h"

using namespace mlpgen;

namespace {

std::string expanded(const std::string& text) {
  auto lookup = [](const std::string& name) -> std::optional<Value> {
    if (name == "A") return Value::text("a value");
    if (name == "EMPTY") return Value::text("");
    if (name == "L") return Value{true, {"one", "two"}};
    return std::nullopt;
  };
  std::string missing;
  std::vector<std::string> items = expand(text, lookup, [&](const std::string& name) { missing += "(no " + name + ")"; });
  return join(items, "|") + missing;
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
}

TEST_CASE("what stands after ':-' is taken for an unset key, but not for an empty one") {
  CHECK(expanded("${NONE:-other}") == "other");
  CHECK(expanded("${NONE:-}") == "");
  CHECK(expanded("${EMPTY:-other}") == "");
  CHECK(expanded("${NONE}") == "(no NONE)");
}

TEST_CASE("a list alone gives its items, and one inside a text stands with blanks") {
  CHECK(expanded("${L}") == "one|two");
  CHECK(expanded("all: ${L}") == "all: one two");
}

TEST_CASE("a name that is never closed is plain text") { CHECK(expanded("a ${A and <<<A") == "a ${A and <<<A"); }

TEST_CASE("the names in a template are listed in order") {
  CHECK(join(names_in("${B} $${C} <<<A>>> ${D:-x}"), " ") == "B A D");
}

TEST_CASE("a reference is read back as it was written, also a late one with a reference inside") {
  Reference source{Reference::Kind::kSource, {"/a/b", "mlpgen"}};
  Reference late{Reference::Kind::kLate, {encode(source) + "/file", "/qps"}};
  std::string text = "before " + encode(late) + " after";
  CHECK(has_late(text));
  CHECK_FALSE(has_late(encode(source)));
  std::string seen;
  walk(text, [&](std::string_view plain) { seen += plain; },
       [&](const Reference& r) {
         CHECK(r.kind == Reference::Kind::kLate);
         CHECK(r.fields == late.fields);
         seen += "*";
       });
  CHECK(seen == "before * after");
  CHECK(readable(text) == "before <late /a/b/file#/qps> after");
}

TEST_CASE("a key that refers to itself is an error, and one that nothing sets another") {
  Bench b;
  b.recipe("app", "env: {A: '${B}', B: '${A}'}");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "env-cycle");
  b.recipe("app", "env: {A: '${NONE}'}");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "unset-key");
}

TEST_CASE("a value may refer to the recipe's folder, the host's facts and the version") {
  Bench b;
  b.recipe("app", "versions: {'3': {}}\ndefault_version: '3'\nenv: {DIR: '${recipe}/src', V: 'v${version}', ARCH: '${host.arch}'}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.value("app", "DIR") == b.folder + "/recipes/t/app/src");
  CHECK(b.value("app", "V") == "v3");
  CHECK_FALSE(b.value("app", "ARCH").empty());
}

TEST_CASE("a condition on a late value is refused") {
  Bench b;
  b.recipe("app", "env: {QPS: '${late:measure.log#/qps}'}\nsteps: [{id: s, rule: r, enable_if_env: {QPS: [yes]}}]");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.says("late-condition"));
}

TEST_CASE("the text for a missing value is a template itself") {
  auto lookup = [](const std::string& name) { return name == "B" ? std::optional(Value::text("b")) : std::nullopt; };
  auto missing = [](const std::string&) { FAIL("nothing is missing"); };
  CHECK(expand("x${A:-${B}}y", lookup, missing) == std::vector<std::string>{"xby"});
  CHECK(expand("${A:-${C:-c}}", lookup, missing) == std::vector<std::string>{"c"});
  CHECK(names_in("${A:-${B:-${C:-}}}") == std::vector<std::string>{"A", "B", "C"});
}
