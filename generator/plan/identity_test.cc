// What an identity is made of: same inputs, same artifact; other inputs, another one.
#include "plan/test_bench.h"

using namespace mlpgen;

namespace {

const char* kApp =
    "flags: {word: {env: WORD, default: hello, help: h}}\nsteps: [{id: s, rule: note, word: "
    "'${WORD}', from: ['${recipe}/src']}]";

void small_app(PlanBench& b) {
  b.recipe("app", kApp);
  b.write("recipes/t/app/src/a.txt", "one");
}

}  // namespace

TEST_CASE("the same project in two folders has the same identities and directories") {
  PlanBench one, two;
  small_app(one);
  small_app(two);
  CHECK(one.identity("app") == two.identity("app"));
  CHECK(one.edge("app/s").directory == two.edge("app/s").directory);
  CHECK(one.edge("app/s").directory == "out/app/" + one.edge("app/s").identity.substr(0, 12));
  CHECK(one.edge("app/s").argv[2] != two.edge("app/s").argv[2]);
}

TEST_CASE("another flag is another identity, and going back finds the old one") {
  PlanBench b;
  small_app(b);
  std::string before = b.identity("app");
  CHECK(b.identity("app --word=other") != before);
  CHECK(b.identity("app") == before);
}

TEST_CASE("an edited, added, renamed or newly executable source is another identity") {
  PlanBench b;
  small_app(b);
  std::string before = b.identity("app");
  b.write("recipes/t/app/src/a.txt", "two");
  CHECK(b.identity("app") != before);
  b.write("recipes/t/app/src/a.txt", "one");
  CHECK(b.identity("app") == before);
  b.write("recipes/t/app/src/b.txt", "");
  CHECK(b.identity("app") != before);
  std::filesystem::remove(b.folder + "/recipes/t/app/src/b.txt");
  std::filesystem::permissions(b.folder + "/recipes/t/app/src/a.txt",
                               std::filesystem::perms::owner_all);
  CHECK(b.identity("app") != before);
}

TEST_CASE(
    "what does not belong to the sources changes nothing: hidden files, __pycache__, the recipe's "
    "comments") {
  PlanBench b;
  small_app(b);
  std::string before = b.identity("app");
  b.write("recipes/t/app/src/.hidden", "x");
  b.write("recipes/t/app/src/__pycache__/a.pyc", "x");
  b.recipe("app", std::string(kApp) + "\n# a comment");
  CHECK(b.identity("app") == before);
}

TEST_CASE("a rule that says something else gives another identity, a comment in it does not") {
  PlanBench b;
  small_app(b);
  std::string before = b.identity("app");
  b.rule("note",
         "params:\n  word: {type: text, about: w, default: hello}\n  from: {type: list, about: f, "
         "default: []}\n"
         "edges:\n  - {id: note, argv: [note, '${word}', '${from}', '${out}/note'], outputs: "
         "{note: note}}  # again");
  CHECK(b.identity("app") == before);
  b.rule("note",
         "params:\n  word: {type: text, about: w, default: hello}\n  from: {type: list, about: f, "
         "default: []}\n"
         "edges:\n  - {id: note, argv: [note, -v, '${word}', '${from}', '${out}/note'], outputs: "
         "{note: note}}");
  CHECK(b.identity("app") != before);
}

TEST_CASE("a changed input changes what is made of it, and nothing beside it") {
  PlanBench b;
  b.recipe("lib",
           "inherits: [WORD]\nsteps: [{id: s, rule: note, word: '${WORD}'}]\nexports: {LIB: "
           "'${s.note}'}");
  b.recipe("app",
           "flags: {word: {env: WORD, default: hello, help: h}}\ndeps: [{tags: lib}]\n"
           "steps:\n  - {id: s, rule: note, from: ['${LIB}']}\n  - {id: beside, rule: note, word: "
           "beside}");
  std::string before = b.identity("app"), beside = b.edge("app/beside").identity;
  CHECK(b.edge("app/s").needs.size() == 1);
  CHECK(b.identity("app --word=other") != before);
  CHECK(b.edge("app/beside").identity == beside);
}

TEST_CASE("the place of mlpgen-tool is not in an identity, and the rule's revision is") {
  PlanBench b;
  std::string rule = "edges:\n  - {id: e, argv: ['${mlpgen-tool}', '${out}/x'], outputs: {x: x}}";
  b.rule("work", rule);
  b.recipe("app", "steps: [{id: s, rule: work}]");
  std::string before = b.identity("app");
  b.settings.tool = "/elsewhere/mlpgen-tool";
  CHECK(b.identity("app") == before);
  CHECK(b.edge("app/s").argv.front() == "/elsewhere/mlpgen-tool");
  b.rule("work", "revision: 2\n" + rule);
  CHECK(b.identity("app") != before);
  CHECK(join({b.edge("app/s").parts[2].second}, "") == "<tool 2 mlpgen-tool>");
}

TEST_CASE("a probed tool's version and digest are in the identity, and its place is not") {
  PlanBench b;
  auto tool = [&](const std::string& folder, const std::string& text) {
    b.write(folder + "/tool", "#!/bin/sh\necho tool " + text + "\n");
    std::filesystem::permissions(b.folder + "/" + folder + "/tool",
                                 std::filesystem::perms::owner_all);
  };
  b.recipe("app",
           "probes: [{id: t, names: [tool], version_args: [--version], version_regex: 'tool "
           "([0-9.]+)'}]\n"
           "steps: [{id: s, rule: note, from: ['${t.path}']}]");
  tool("bin", "1.0");
  std::string before = b.identity("app");
  tool("bin", "1.0 # same version, other program");
  CHECK(b.identity("app") != before);
  tool("bin", "1.1");
  CHECK(b.identity("app") != before);
  PlanBench other;
  other.recipe("app",
               "probes: [{id: t, names: [tool], version_args: [--version], version_regex: 'tool "
               "([0-9.]+)'}]\n"
               "steps: [{id: s, rule: note, from: ['${t.path}']}]");
  other.write("bin/tool", "#!/bin/sh\necho tool 1.0\n");
  std::filesystem::permissions(other.folder + "/bin/tool", std::filesystem::perms::owner_all);
  CHECK(other.identity("app") == before);
}

TEST_CASE("a measurement's identity has the machine and the attempt; other work has neither") {
  PlanBench b;
  b.rule("run",
         "mode: measure\nedges:\n  - {id: e, argv: [run, '${out}/log'], outputs: {log: log}}");
  b.recipe("app", "steps:\n  - {id: s, rule: run}\n  - {id: work, rule: note}");
  std::string before = b.identity("app"), work = b.edge("app/work").identity,
              key = b.edge("app/s").attempt_key;
  b.settings.machine = "cpu_model=B; cpu_count=4";
  CHECK(b.identity("app") != before);
  CHECK(b.edge("app/work").identity == work);
  b.settings.machine = "cpu_model=A; cpu_count=4";
  b.settings.attempts = {{key, 1}};
  std::string second = b.identity("app");
  CHECK(second != before);
  b.settings.attempts = {{key, 2}};
  CHECK(b.identity("app") != second);
  CHECK(b.edge("app/work").identity == work);
  b.settings.attempts = {{"app/s@of another measurement", 3}};
  CHECK(b.identity("app") == before);
}

TEST_CASE("the lock's digest is in the identity of what it locks") {
  PlanBench b;
  b.rule("package",
         "lock: package\nparams:\n  name: {type: text, about: n}\n  version: {type: text, about: "
         "v}\n  kind: {type: text, about: k}\n"
         "edges:\n  - {id: e, argv: [get, '${lock.file_name}', '${lock.sha256}', '${out}/x'], "
         "outputs: {x: x}}");
  b.recipe("app", "steps: [{id: s, rule: package, name: thing, version: '1.0', kind: sdist}]");
  CHECK_FALSE(b.plan("app"));
  CHECK(b.ids() == "not-locked");
  LockEntry entry;
  entry.fields = {{"file_name", "thing.tar.gz"}, {"sha256", std::string(64, 'a')}};
  b.lock.add("package thing==1.0 sdist", entry);
  std::string before = b.identity("app");
  entry.fields["sha256"] = std::string(64, 'b');
  b.lock.add("package thing==1.0 sdist", entry);
  CHECK(b.identity("app") != before);
}

TEST_CASE(
    "a late value is read when the edge runs: its file is in the identity, and the value cannot "
    "be") {
  PlanBench b;
  b.recipe("app",
           "steps:\n  - {id: rate, rule: note}\n  - {id: s, rule: note, word: "
           "'${late:rate.note#/qps}'}");
  b.identity("app");
  const Edge &rate = b.edge("app/rate"), &s = b.edge("app/s");
  CHECK(s.argv[1] == "${late:" + rate.directory + "/note#/qps}");
  CHECK(s.needs.size() == 1);
  CHECK(s.parts[3].second.find(rate.identity) != std::string::npos);
}
