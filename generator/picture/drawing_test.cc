// A picture as dot, Mermaid, JSON and page.
#include "picture/test_bench.h"

using namespace mlpgen;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

size_t count_of(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

void small_project(PictureBench& b) {
  b.recipe("lib",
           "inherits: [WORD]\nsteps: [{id: s, rule: compile-it, word: '${WORD}'}]\nexports: {LIB: "
           "'${s.file}'}");
  b.recipe("app",
           "flags: {word: {env: WORD, help: h, default: hello}}\nvariations: {fast: {}}\ndeps: "
           "[{tags: lib, names: [library]}]\n"
           "steps: [{id: run, rule: measure-it, from: ['${LIB}']}]");
}

}  // namespace

TEST_CASE("dot has each instance in its stage, and an arrow from what is needed to what needs it") {
  PictureBench b;
  small_project(b);
  std::string dot = to_dot(b.draw("app,_fast"), false);
  CHECK(dot.starts_with("digraph mlpgen {"));
  CHECK(holds(dot, "subgraph cluster_build {\n    label=\"Build\""));
  CHECK(holds(dot, "n0 [label=\"lib\"];"));
  CHECK(holds(dot, "n1 [label=\"app\\n_fast\", style=\"filled,bold\"];"));
  CHECK(holds(dot, "  n0 -> n1;\n"));
  CHECK(count_of(dot, "->") == 1);
}

TEST_CASE("dot of the build edges has edges of the plan") {
  PictureBench b;
  b.recipe("lib", "steps: [{id: s, rule: compile-it}]");
  b.recipe("app", "prehook_deps: [{tags: lib}]\nsteps: [{id: run, rule: measure-it}]");
  std::string dot = to_dot(b.draw("app"), true);
  CHECK(holds(dot, "label=\"lib/s\\nfor a test\""));
  CHECK(holds(dot, "n0 -> n1 [style=dashed];"));
}

TEST_CASE("words that mean something to dot or Mermaid are only words") {
  PictureBench b;
  b.recipe("lib", "inherits: [WORD]");
  b.recipe("app", "deps: [{tags: lib, env: {WORD: 'a\"b\\\\<c>#d'}}, {tags: lib, env: {WORD: e}}]");
  b.draw("app");
  CHECK(holds(to_dot(*b.picture, false), R"(\nWORD=a\"b\\\\<c>#d")"));
  CHECK(holds(to_mermaid(*b.picture, false), R"(<br/>WORD=a#quot;b\\#lt;c#gt;#35;d"])"));
}

TEST_CASE("Mermaid has stages, boxes and arrows") {
  PictureBench b;
  small_project(b);
  std::string text = to_mermaid(b.draw("app"), false);
  CHECK(text.starts_with("flowchart LR\n"));
  CHECK(holds(text, "  subgraph stage_build[\"Build\"]\n    n0[\"lib\"]\n  end\n"));
  CHECK(holds(text, "  n0 --> n1\n"));
  CHECK(holds(text, "  class n1 measure\n"));
}

TEST_CASE("JSON has instances with env and origin, and edges with their state") {
  PictureBench b;
  small_project(b);
  nlohmann::ordered_json j = to_json(b.draw("app --word=loud", {"lib/s"}));
  CHECK(j["format"] == 1);
  CHECK(j["request"] == std::vector<std::string>{"app", "--word=loud"});
  const auto &lib = j["instances"][0], &app = j["instances"][1];
  CHECK(lib["name"] == "lib");
  CHECK(lib["state"] == "done");
  CHECK(lib["steps"][0]["edges"] == std::vector<int>{0});
  CHECK(app["uses"] == std::vector<int>{0});
  CHECK(app["deps"][0]["instance"] == 0);
  CHECK(app["deps"][0]["handles"] == std::vector<std::string>{"library"});
  for (const auto& key : app["env"])
    if (key["key"] == "WORD") {
      CHECK(key["value"] == "loud");
      CHECK(key["set_by"] == "flag --word");
      CHECK(key["place"] == "command line:1:5");
      CHECK(key["beat"][0]["value"] == "hello");
    }
  CHECK(j["edges"][0]["state"] == "done");
  CHECK(j["edges"][1]["needs"] == std::vector<int>{0});
  CHECK(j["edges"][1]["kind"] == "measure");
}

TEST_CASE("a secret is a name without a value") {
  PictureBench b;
  b.recipe("app", "keys: {TOKEN: {type: secret, about: t}}\nsteps: [{id: s, rule: write-it}]");
  nlohmann::ordered_json j = to_json(b.draw("app"));
  CHECK(j["instances"][0]["env"][0]["key"] == "TOKEN");
  CHECK(j["instances"][0]["env"][0]["secret"] == true);
  CHECK_FALSE(j["instances"][0]["env"][0].contains("value"));
}

TEST_CASE("the page holds the JSON, and no text of it can end the element in which it lies") {
  PictureBench b;
  b.recipe("app",
           "default_env: {WORD: '</script><script>alert(1)</script>{{style}}'}\nsteps: [{id: s, "
           "rule: write-it, word: '${WORD}'}]");
  std::string page = to_page(b.draw("app"), "now & then");
  CHECK(holds(page, "As of now &amp; then"));
  CHECK_FALSE(holds(page, "alert(1)</script>"));
  CHECK(holds(page, "\\u003cscript>alert(1)\\u003c/script>{{style}}"));
  for (const char* address : {"src=", "@import", "url("}) CHECK_FALSE(holds(page, address));
}
