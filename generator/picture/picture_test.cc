// Which stage and state an instance has, what it is called and what it uses.
#include "picture/test_bench.h"

using namespace mlpgen;

namespace {

const char* kTwoSteps =
    "steps:\n  - {id: one, rule: fetch-it}\n  - {id: two, rule: compile-it, from: "
    "['${one.file}']}\nexports: {LIB: '${two.file}'}";

}  // namespace

TEST_CASE("the stage is the latest that a step leads to; texts say nothing") {
  PictureBench b;
  b.recipe("lib", kTwoSteps);
  b.recipe("note", "steps: [{id: s, rule: write-it}]");
  b.recipe("app", "deps: [{tags: lib}, {tags: note}]");
  b.draw("app");
  CHECK(b.stage("lib") == "build");
  CHECK(b.stage("note") == "measure");  // an application that runs something
  CHECK(b.stage("app") == "request");   // one that only chooses
}

TEST_CASE(
    "a data set that is fetched stands with the sources, whatever is done to it; one that is only "
    "made does not") {
  PictureBench b;
  auto data = [&](const std::string& id, const std::string& steps) {
    b.write(
        "recipes/dataset/" + id + "/recipe.yaml",
        "format: 1\nrecipe: " + id + "\nabout: a\ntags: [" + id + "]\nsteps: [" + steps + "]\n");
  };
  data("fetched", "{id: a, rule: fetch-it}, {id: b, rule: preprocess-it, from: ['${a.file}']}");
  data("made", "{id: a, rule: preprocess-it}");
  b.recipe("app", "deps: [{tags: fetched}, {tags: made}]");
  b.draw("app");
  CHECK(b.stage("fetched") == "sources");
  CHECK(b.stage("made") == "preprocess");
}

TEST_CASE(
    "without steps the category says the stage, and it is a helper unless it is a root or calls "
    "others in order") {
  PictureBench b;
  b.write("recipes/python/package/recipe.yaml",
          "format: 1\nrecipe: package\nabout: a\ntags: [package]\n");
  b.recipe("inner", "post_deps: [{tags: package}]");
  b.recipe("app", "deps: [{tags: package}, {tags: inner}]");
  b.draw("app");
  CHECK(b.stage("package") == "build");
  CHECK(b.node("package").helper);
  CHECK_FALSE(b.node("inner").helper);
  CHECK_FALSE(b.node("app").helper);
}

TEST_CASE("an instance is done when all its edges are") {
  PictureBench b;
  b.recipe("app", kTwoSteps);
  b.draw("app");
  CHECK(b.state("app") == "not-yet");
  b.draw("app", {"app/one"});
  CHECK(b.state("app") == "not-yet");
  b.draw("app", {"app/one", "app/two"});
  CHECK(b.state("app") == "done");
}

TEST_CASE("what needs an edge that refuses is refused, unless it is done") {
  PictureBench b;
  b.recipe("gone", "steps: [{id: s, rule: refuse-it}]\nexports: {GONE: '${s.file}'}");
  b.recipe("app",
           "deps: [{tags: gone}]\nsteps:\n  - {id: a, rule: compile-it, from: ['${GONE}']}\n  - "
           "{id: b, rule: measure-it, from: ['${a.file}']}\n  - {id: c, rule: score-it}");
  b.draw("app");
  CHECK(b.state("gone") == "refused");
  CHECK(b.picture->edges[b.number("app/b")] == RunState::kRefused);
  CHECK(b.picture->edges[b.number("app/c")] == RunState::kNotYet);
  b.draw("app", {"app/a", "app/b", "app/c"});
  CHECK(b.state("app") == "done");
}

TEST_CASE("an instance uses those whose artifacts its edges read, not all that it asks for") {
  PictureBench b;
  b.recipe("lib", kTwoSteps);
  b.recipe("unread", "steps: [{id: s, rule: write-it}]");
  b.recipe(
      "app",
      "deps: [{tags: lib}, {tags: unread}]\nsteps: [{id: s, rule: measure-it, from: ['${LIB}']}]");
  b.draw("app");
  REQUIRE(b.node("app").uses.size() == 1);
  CHECK(b.picture->nodes[b.node("app").uses[0]].name == "lib");
  CHECK(b.node("lib").uses.empty());
}

TEST_CASE("instances of one recipe are numbered and labelled by what tells them apart") {
  PictureBench b;
  b.recipe("lib", "inherits: [WORD]\nvariations: {common: {}, fast: {}}\n");
  b.recipe("app",
           "deps: [{tags: 'lib,_common', env: {WORD: a}}, {tags: 'lib,_common,_fast', env: {WORD: "
           "a}}, {tags: 'lib,_common', env: {WORD: b}}]");
  b.draw("app");
  CHECK(b.node("lib").label == "WORD=a");
  CHECK(b.node("lib:2").label == "_fast");
  CHECK(b.node("lib:3").label == "WORD=b");
  CHECK(b.node("app").label.empty());
}

TEST_CASE("an edge that two instances share belongs to the first, and neither uses the other") {
  PictureBench b;
  b.recipe("lib", "inherits: [UNUSED]\nsteps: [{id: s, rule: write-it}]");
  b.recipe("app", "deps: [{tags: lib, env: {UNUSED: 1}}, {tags: lib, env: {UNUSED: 2}}]");
  b.draw("app");
  CHECK(b.node("lib").edges == b.node("lib:2").edges);
  CHECK(b.node("lib:2").uses.empty());
  CHECK(b.picture->edge_nodes[0] == static_cast<uint32_t>(b.node("lib").instance->id));
}
