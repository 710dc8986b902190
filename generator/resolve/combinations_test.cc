// Keys with several values; values in place of '#'; words that change nothing.
#include "resolve/test_bench.h"

using namespace mlpgen;

namespace {

constexpr const char* kPoint = "inherits: [MODEL, SCENARIO, CM_COMBINATION]\nexports: {+RUNS: [\"${MODEL}/${SCENARIO}\"], SAME: same, OTHER: \"${SCENARIO}\"}";
constexpr const char* kApp =
    "flags:\n"
    "  model: {env: MODEL, choices: [bert, retinanet], default: retinanet, help: m}\n"
    "  scenario: {env: SCENARIO, choices: [Offline, Server], default: Offline, help: s}\n"
    "  name: {env: NAME, help: n}\n"
    "deps:\n  - {tags: point, foreach: [MODEL, SCENARIO]}\n"
    "env: {E: \"${SAME}${OTHER:-}${NAME:-}\"}";

}  // namespace

TEST_CASE("a flag with several values calls a dep with `foreach` once for each; lists of exports are joined") {
  Bench b;
  b.recipe("point", kPoint).recipe("app", kApp);
  REQUIRE(b.resolve("app --scenario=Server,Offline --model=bert,retinanet"));
  CHECK(b.all("point").size() == 4);
  CHECK(b.value("app", "+RUNS") == "bert/Offline bert/Server retinanet/Offline retinanet/Server");
  CHECK(b.the("app").deps[1].label == "bert-Server");
  CHECK(b.value("app", "E") == "same");  // OTHER differs, so it has no value here
}

TEST_CASE("the order of the values changes nothing, and one value needs no label") {
  Bench b;
  b.recipe("point", kPoint).recipe("app", kApp);
  REQUIRE(b.resolve("app --scenario=Offline,Server"));
  std::string one = b.value("app", "+RUNS");
  REQUIRE(b.resolve("app --scenario=Server,Offline"));
  CHECK(b.value("app", "+RUNS") == one);
  REQUIRE(b.resolve("app --scenario=Server"));
  CHECK(b.the("app").deps[0].label == "");
  CHECK(b.value("app", "E") == "sameServer");
}

TEST_CASE("each of several values must be a choice; a flag without `foreach` takes the text as it is") {
  Bench b;
  b.recipe("point", kPoint).recipe("app", kApp);
  CHECK_FALSE(b.resolve("app --scenario=Offline,Serve"));
  CHECK(b.says("did you mean 'Server'"));
  REQUIRE(b.resolve("app --name=a,b"));
  CHECK(b.value("app", "E") == "sameOfflinea,b");
}

TEST_CASE("no condition asks for a key that has several values") {
  Bench b;
  b.recipe("point", kPoint).recipe("lib").recipe("app", std::string(kApp) + "\nposthook_deps:\n  - {tags: lib, enable_if_env: {SCENARIO: [Offline]}}");
  REQUIRE(b.resolve("app --scenario=Offline"));
  CHECK_FALSE(b.resolve("app --scenario=Offline,Server"));
  CHECK(b.ids() == "several-values");
}

TEST_CASE("the value of a wildcard stands for '#' in deps, exports and combined variations as well") {
  Bench b;
  b.recipe("data", "variations: {'size.#': {env: {SIZE: '#'}}}");
  b.recipe("app", "variations:\n  'n.#': {exports: {N: 'n#'}, deps: [{tags: 'data,_size.#'}]}\n  x: {}\n  'n.#,x': {env: {BOTH: 'both #'}}");
  REQUIRE(b.resolve("app,_n.1.5,_x"));
  CHECK(b.variations("data") == "size.1.5");
  CHECK(b.value("app", "BOTH") == "both 1.5");
  CHECK(b.the("app").exports.at("N").as_text() == "n1.5");
}

TEST_CASE("the deps of a version come with that version only") {
  Bench b;
  b.recipe("lib").recipe("app", "versions: {'1': {deps: [{tags: lib}]}, '2': {}}\ndefault_version: '2'").recipe("root", "deps: [{tags: app, names: [a]}]");
  REQUIRE(b.resolve("root"));
  CHECK(b.all("lib").empty());
  REQUIRE(b.resolve("root --adr.a.version=1"));
  CHECK(b.all("lib").size() == 1);
}

TEST_CASE("an internal variation is no word of a user, and is a base of others") {
  Bench b;
  b.recipe("app", "variations:\n  part: {internal: true, env: {K: v}}\n  x: {base: [part]}");
  CHECK_FALSE(b.resolve("app,_part"));
  CHECK(b.ids() == "internal-variation");
  REQUIRE(b.resolve("app,_x"));
  CHECK(b.value("app", "K") == "v");
}

TEST_CASE("a flag whose key nothing reads is a warning") {
  Bench b;
  b.recipe("app", "flags: {name: {env: NAME, help: n}}");
  REQUIRE(b.resolve("app --name=x"));
  CHECK(b.ids() == "unused-value");
}

TEST_CASE("new_env_keys hands on the keys that it names or matches") {
  Bench b;
  b.recipe("lib", "exports: {A_ONE: 1, A_TWO: 2, B: 3}").recipe("mid", "deps: [{tags: lib}]\nnew_env_keys: ['A_*']");
  b.recipe("app", "deps: [{tags: mid}]\nenv: {E: \"${A_ONE}${A_TWO}${B:-}\"}");
  REQUIRE(b.resolve("app"));
  CHECK(b.value("app", "E") == "12");
}
