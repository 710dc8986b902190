// Steps to edges: names, inputs, outputs, shards, targets, and what is refused.
#include "plan/test_bench.h"

using namespace mlpgen;

TEST_CASE("a rule's mode says how an edge runs, what it is and of what kind") {
  PlanBench b;
  b.rule(
      "run",
      "modes: {all: {about: every sample, kind: accuracy}, fast: {about: alone, mode: measure}}\n"
      "edges:\n  - {id: e, argv: [run, '${mode}'], outputs: {log: log}}");
  b.recipe("app", "steps:\n  - {id: a, rule: run, mode: all}\n  - {id: p, rule: run, mode: fast}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  const Edge &a = b.edge("app/a"), &p = b.edge("app/p");
  CHECK(a.mode == "work");
  CHECK(a.kind == "accuracy");
  CHECK(a.about == "every sample");
  CHECK(p.mode == "measure");
  CHECK(p.kind == "measure");
  CHECK(p.argv[1] == "fast");
}

TEST_CASE("a rule with modes says mode and kind in each, and has no parameter of that name") {
  for (const char* more :
       {"mode: work\n", "kind: check\n", "params: {mode: {type: text, about: m}}\n"}) {
    PlanBench b;
    b.rule("run",
           std::string(more) +
               "modes: {all: {about: a}}\nedges:\n  - {id: e, argv: [run], outputs: {log: log}}");
    b.recipe("app", "steps: [{id: a, rule: run, mode: all}]");
    CHECK_FALSE(b.plan("app"));
    CHECK(b.diagnostics().find("[wrong-value]") != std::string::npos);
  }
}

TEST_CASE("an edge knows its inputs, what it needs, its outputs and its links") {
  PlanBench b;
  b.write("recipes/t/app/in.txt", "x");
  b.recipe("app",
           "steps:\n  - {id: one, rule: note, from: ['${recipe}/in.txt']}\n  - {id: two, rule: "
           "note, from: ['${one.note}'], links: {results/two: note}}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  const Edge &one = b.edge("app/one"), &two = b.edge("app/two");
  REQUIRE(one.inputs.size() == 1);
  CHECK(one.inputs[0].path == b.folder + "/recipes/t/app/in.txt");
  REQUIRE(two.inputs.size() == 1);
  CHECK(two.inputs[0].path == one.directory + "/note");
  CHECK(two.argv == std::vector<Interned>{"note", "hello", one.directory + "/note", "${out}/note"});
  CHECK(two.outputs == std::vector<Interned>{"note"});
  CHECK(two.links == std::vector<std::pair<Interned, Interned>>{{"results/two", "note"}});
}

TEST_CASE("equal steps of different instances are one edge") {
  PlanBench b;
  b.recipe("lib", "inherits: [UNUSED]\nsteps: [{id: s, rule: note}]");
  b.recipe("app", "deps: [{tags: lib, env: {UNUSED: 1}}, {tags: lib, env: {UNUSED: 2}}]");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  CHECK(b.names() == "lib/s");
  REQUIRE(b.planned->plan.targets.size() == 1);
  CHECK(b.planned->plan.targets[0].edges.size() == 1);
}

TEST_CASE("edges of one name are numbered") {
  PlanBench b;
  b.recipe("lib", "inherits: [WORD]\nsteps: [{id: s, rule: note, word: '${WORD}'}]");
  b.recipe("app", "deps: [{tags: lib, env: {WORD: a}}, {tags: lib, env: {WORD: b}}]");
  REQUIRE(b.plan("app"));
  CHECK(b.names() == "lib/s lib/s:2");
}

TEST_CASE("a rule with a foreach is one edge for each item and hands them on together") {
  PlanBench b;
  b.rule("compile",
         "params:\n  sources: {type: glob, about: s}\nedges:\n"
         "  - {id: object, foreach: sources, argv: [cc, '${item}', '${out}/${item.stem}.o'], "
         "outputs: {object: '${item.stem}.o'}}\n"
         "  - {id: link, argv: [ld, {each: object.object, add: ['-l', '${item}']}, '${out}/a'], "
         "outputs: {program: a}}");
  b.write("recipes/t/app/src/b.cc", "b");
  b.write("recipes/t/app/src/a.cc", "a");
  b.write("recipes/t/app/src/c.h", "c");
  b.recipe("app", "steps: [{id: s, rule: compile, sources: ['${recipe}/src/*.cc']}]");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  CHECK(b.names() == "app/s/object.a app/s/object.b app/s/link");
  CHECK(b.edge("app/s/link").argv[2] == b.edge("app/s/object.a").directory + "/a.o");
}

TEST_CASE("what a fetch makes is verified by those who use it") {
  PlanBench b;
  b.rule("get", "mode: fetch\nedges:\n  - {id: e, argv: [get, '${out}/x'], outputs: {x: x}}");
  b.recipe("app", "steps:\n  - {id: f, rule: get}\n  - {id: s, rule: note, from: ['${f.x}']}");
  REQUIRE(b.plan("app"));
  CHECK(b.edge("app/s").inputs[0].fetched);
}

TEST_CASE("a target has the steps that belong to it, of everything below its root") {
  PlanBench b;
  b.recipe("lib", "target: dataset\nsteps: [{id: s, rule: note}]");
  b.recipe("app",
           "deps: [{tags: lib}]\nvariations: {dataset: {}, model: {}, later: {}}\n"
           "steps: [{id: all, rule: note, word: all, target: 'model,dataset'}]\n"
           "targets:\n  dataset: {about: d}\n  model: {about: m}\n  later: {about: l, nothing: "
           "none here, not_yet: true}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  const auto& targets = b.planned->plan.targets;
  REQUIRE(targets.size() == 3);
  CHECK(targets[0].edges.size() == 2);
  CHECK(targets[1].edges.empty());  // sorted by name
  CHECK(targets[1].not_yet);
  CHECK(targets[2].edges.size() == 1);
}

TEST_CASE("plain ninja builds a target whose variation is asked for, and one that says so itself") {
  PlanBench b;
  b.recipe(
      "app",
      "variations: {dataset: {}, model: {}}\nsteps: [{id: all, rule: note, target: "
      "'dataset,model,mine,never'}]\n"
      "targets:\n  dataset: {about: d, variation: dataset}\n  model: {about: m, variation: model}\n"
      "  mine: {about: o, default: true}\n  never: {about: n, default: false, variation: dataset}");
  REQUIRE_MESSAGE(b.plan("app,_dataset"), b.diagnostics());
  std::string defaults;
  for (const PlanTarget& t : b.planned->plan.targets)
    if (t.is_default) defaults += t.name + " ";
  CHECK(defaults == "dataset mine ");
}

TEST_CASE("two edges with one output, in a rule or as a link, are refused") {
  PlanBench b;
  b.rule("twice", "edges:\n  - {id: e, argv: [x, '${out}/x'], outputs: {one: x, two: x}}");
  b.recipe("app", "steps: [{id: s, rule: twice}]");
  CHECK_FALSE(b.plan("app"));
  CHECK(b.ids() == "duplicate-output");
  b.recipe("app",
           "steps:\n  - {id: one, rule: note, word: a, links: {result: note}}\n  - {id: two, rule: "
           "note, word: b, links: {result: note}}");
  CHECK_FALSE(b.plan("app"));
  CHECK(b.ids() == "duplicate-output");
}

TEST_CASE(
    "a parameter that the rule lacks, misses or wants otherwise is refused, and so is a missing "
    "source") {
  struct Case {
    const char* step;
    const char* id;
  };
  PlanBench b;
  b.rule("need",
         "params:\n  word: {type: text, about: w}\nedges:\n  - {id: e, argv: [x, '${word}', "
         "'${out}/x'], outputs: {x: x}}");
  for (const Case& c : {Case{"{id: s, rule: note, wrod: x}", "unknown-parameter"},
                        Case{"{id: s, rule: need}", "missing-parameter"},
                        Case{"{id: s, rule: need, word: [a, b]}", "wrong-type"},
                        Case{"{id: s, rule: need, word: {a: b}}", "wrong-type"},
                        Case{"{id: s, rule: none}", "unknown-rule"},
                        Case{"{id: s, rule: note, from: ['${recipe}/none']}", "missing-source"}}) {
    CAPTURE(c.step);
    b.recipe("app", std::string("steps: [") + c.step + "]");
    CHECK_FALSE(b.plan("app"));
    CHECK(b.ids() == c.id);
  }
}

TEST_CASE("inputs are every file and folder that was read") {
  PlanBench b;
  b.write("recipes/t/app/src/a.txt", "x");
  b.recipe("app", "steps: [{id: s, rule: note, from: ['${recipe}/src']}]");
  REQUIRE(b.plan("app"));
  const auto& in = b.planned->plan.inputs;
  for (const char* name :
       {"/recipes", "/recipes/t", "/recipes/t/app/recipe.yaml", "/recipes/t/app/src",
        "/recipes/t/app/src/a.txt", "/rules", "/rules/note.yaml"}) {
    CAPTURE(name);
    CHECK(std::find(in.begin(), in.end(), b.folder + name) != in.end());
  }
}
