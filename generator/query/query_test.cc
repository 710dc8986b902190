// Expressions to sets of edges, and what is refused.
#include "query/test_bench.h"

using namespace mlpgen;

namespace {

// lib/file <- app/one <- app/two <- app/three, and app/apart.
void make_project(QueryBench& b) {
  b.recipe("lib",
           "steps: [{id: file, rule: get, urls: ['https://example.org/f'], name: f}]\nexports: "
           "{LIB: '${file.x}'}");
  b.recipe("app",
           "flags: {word: {env: WORD, help: h, default: plain}}\ndeps: [{tags: lib}]\nsteps:\n"
           "  - {id: one, rule: note, word: '${WORD}', from: ['${LIB}']}\n  - {id: two, rule: "
           "note, from: ['${one.note}']}\n"
           "  - {id: three, rule: run, from: ['${two.note}'], target: made}\n  - {id: apart, rule: "
           "note, word: other}\n"
           "targets: {made: {about: m}, empty: {about: e}}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
}

}  // namespace

TEST_CASE("a name is an edge, a target, a recipe, a pattern or a part that only one edge has") {
  QueryBench b;
  make_project(b);
  CHECK(b.ask("app/two") == "app/two");
  CHECK(b.ask("made") == "app/three");
  CHECK(b.ask("empty") == "");
  CHECK(b.ask("lib") == "lib/file");
  CHECK(b.ask("app/t*") == "app/two app/three");
  CHECK(b.ask("apa") == "app/apart");
  CHECK(b.ask(b.edge("app/one").identity.substr(0, 12)) == "app/one");
  CHECK(b.ask("'app/two'") == "app/two");
}

TEST_CASE("deps and rdeps hold what was asked for, down to a depth") {
  QueryBench b;
  make_project(b);
  CHECK(b.ask("deps(made)") == "lib/file app/one app/two app/three");
  CHECK(b.ask("deps(made, 1)") == "app/two app/three");
  CHECK(b.ask("deps(made, 0)") == "app/three");
  CHECK(b.ask("rdeps(lib)") == "lib/file app/one app/two app/three");
  CHECK(b.ask("rdeps(app/one, 1)") == "app/one app/two");
}

TEST_CASE("paths lead from what needs to what is needed") {
  QueryBench b;
  b.recipe("app",
           "steps:\n  - {id: end, rule: note, word: z}\n  - {id: left, rule: note, from: "
           "['${end.note}']}\n  - {id: right, rule: note, word: r, from: ['${end.note}']}\n"
           "  - {id: top, rule: note, from: ['${left.note}', '${right.note}']}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  CHECK(b.ask("allpaths(top, end)") == "app/end app/left app/right app/top");
  CHECK(b.ask("somepath(top, end)") == "app/end app/left app/top");
  CHECK(b.ask("somepath(end, top)") == "");
  CHECK(b.ask("allpaths(left, right)") == "");
  CHECK(b.ask("somepath(top, top)") == "app/top");
}

TEST_CASE("what only comes before by the phases of deps is needed, too") {
  QueryBench b;
  b.recipe("late", "steps: [{id: s, rule: note, word: late}]");
  b.recipe("app", "posthook_deps: [{tags: late}]\nsteps: [{id: s, rule: note, word: own}]");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  CHECK(b.ask("deps(late/s) - late/s") == "app/s");
}

TEST_CASE("sets are joined from left to right") {
  QueryBench b;
  make_project(b);
  CHECK(b.ask("app/one + lib ^ lib") == "lib/file");
  CHECK(b.ask("app/one + (lib ^ lib)") == "lib/file app/one");
  CHECK(b.ask("app union lib except app/t* intersect *") == "lib/file app/one app/apart");
  CHECK(b.ask("* - deps(made)") == "app/apart");
}

TEST_CASE("kinds and attributes find edges") {
  QueryBench b;
  make_project(b);
  CHECK(b.ask("kind(fetch)") == "lib/file");
  CHECK(b.ask("kind(score)") == "");
  CHECK(b.ask("kind(m*)") == "app/three");
  CHECK(b.ask("attr(rule, note)") == "app/one app/two app/apart");
  CHECK(b.ask("attr(recipe, l?b)") == "lib/file");
  CHECK(b.ask("attr(word, plain)") == "app/one");
  CHECK(b.ask("attr(WORD, plain) - attr(rule, run)") == "app/one app/two app/apart");
  CHECK(b.ask("attr(urls, 'https://example.org/*')") == "lib/file");
  CHECK(b.ask("attr(target, made)") == "app/three");
  CHECK(b.ask("attr(state, done)", {true}) == "lib/file");
}

TEST_CASE("a word that means nothing is refused where it stands, with the nearest") {
  QueryBench b;
  make_project(b);
  CHECK(b.ask("mode") ==
        "unknown-word: 'mode' is no edge, target or recipe of this plan | did you mean 'made'?");
  CHECK(b.ask("app/tow") ==
        "unknown-word: 'app/tow' is no edge, target or recipe of this plan | did you mean "
        "'app/two'?");
  CHECK(b.ask("xyzzy42").find("`mlpgen query '*'` lists the edges") != std::string::npos);
  CHECK(b.ask("app/").find("ambiguous-edge: 4 edges have 'app/' in their names | write more of it: "
                           "app/one, app/two, app/three, app/apart") == 0);
  CHECK(b.ask("kind(mesure)") ==
        "unknown-word: there is no kind of step 'mesure' | did you mean 'measure'?");
  CHECK(b.ask("attr(WROD, x)") ==
        "unknown-word: no edge of this plan has a key or parameter 'WROD' | did you mean 'WORD'?");
}

TEST_CASE("what is not the language is refused with what to write") {
  QueryBench b;
  make_project(b);
  for (const auto& [query, said] : std::vector<std::pair<std::string, std::string>>{
           {"", "query-syntax: the query is empty"},
           {"app +", "query-syntax: the query ends where a set is missing"},
           {"+ app", "query-syntax: '+' is where a set is expected"},
           {"deps(app", "query-syntax: this '(' is not closed"},
           {"deps app", "query-syntax: between two sets an operator is missing"},
           {"deps(app) lib", "query-syntax: between two sets an operator is missing"},
           {"app)", "query-syntax: this ')' closes nothing"},
           {"app, lib", "query-syntax: a ',' is allowed only between arguments of a function"},
           {"deps(app) -lib", "query-syntax: '-lib' is one word"},
           {"'app", "query-syntax: this quote is not closed"},
           {"deps()", "query-syntax: deps takes 1 or 2 arguments, and here are 0"},
           {"somepath(app)", "query-syntax: somepath takes 2 arguments, and here is 1"},
           {"kind(a, b)", "query-syntax: kind takes 1 argument, and here are 2"},
           {"deps(app, x)", "query-syntax: a depth is a whole number"},
           {"kind(deps(app))", "query-syntax: this argument is a word, not a set"},
           {"dps(app)", "unknown-function: there is no function 'dps' | did you mean 'deps'?"},
           {std::string(200, '('), "query-syntax: there are too many parentheses"},
       }) {
    CAPTURE(query);
    CHECK(b.ask(query).starts_with(said));
  }
}

TEST_CASE("a mistake is shown where it stands") {
  Sources sources;
  Sink sink;
  CHECK(!parse_expression(sources, sources.add("query", "deps(app, lib, one)"), sink));
  CHECK(sources.text_of(sink.all()[0].span) == "deps");
  Sink other;
  CHECK(!parse_expression(sources, sources.add("query", "app + dps(lib)"), other));
  CHECK(to_text(other, sources).find("   |        ^^^\n") != std::string::npos);
}

TEST_CASE("a picture has the edges of the set and the arrows between them") {
  QueryBench b;
  make_project(b);
  Work w = b.work();
  Sink sink;
  EdgeBits two = edges_named(w, "app/t*", {}, sink);
  std::string dot = edges_dot(w, two);
  CHECK(dot.find("\"app/three\" -> \"app/two\";") != std::string::npos);
  CHECK(dot.find("app/one") == std::string::npos);
  nlohmann::ordered_json j = edges_json(w, two);
  REQUIRE(j.size() == 2);
  CHECK(j[1]["name"] == "app/three");
  CHECK(j[1]["needs"] == nlohmann::ordered_json{"app/two"});
  CHECK(j[1]["targets"] == nlohmann::ordered_json{"made"});
}
