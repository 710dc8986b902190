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

TEST_CASE("what is calculated are whole numbers, from the left to the right, each quotient rounded down") {
  CHECK(factors_in("A*B/C") == std::vector<std::string>{"A", "*B", "/C"});
  CHECK(factors_in("A") == std::vector<std::string>{"A"});
  CHECK(factors_in("late:step.log#/qps").size() == 1);
  CHECK(calculated({"7", "/2", "*2"}) == "6");
  CHECK(calculated({"112", "*2", "/8"}) == "28");
  CHECK(calculated({"2", "/4"}) == "0");
  CHECK_FALSE(calculated({"2", "/0"}));
  CHECK_FALSE(calculated({"2.5", "*2"}));
  CHECK_FALSE(calculated({"-2", "*2"}));
  CHECK_FALSE(calculated({"9223372036854775807", "*2"}));
  CHECK(names_in("${A*4/B:-${C}}") == std::vector<std::string>{"A", "B", "C"});
}

TEST_CASE("a calculation asks for numbers, and for a value of each name") {
  Bench b;
  b.recipe("app", "env: {CORES: '28', THREADS: '${2*HALF}', HALF: '4', INSTANCES: '${CORES/THREADS}', NONE: '${GONE/2:-none}', HOST: '${host.cpu_count*0}'}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.value("app", "INSTANCES") == "3");
  CHECK(b.value("app", "NONE") == "none");
  CHECK(b.value("app", "HOST") == "0");
  b.recipe("app", "env: {A: '${B/2}', B: many}");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "wrong-value");
  b.recipe("app", "env: {A: '${B/2}'}");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "unset-key");
}
