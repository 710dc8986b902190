// The bytes of build.ninja and of the plan file.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "manifest/ninja.h"
#include "manifest/normalised.h"
#include "text/text.h"

using namespace mlpgen;

namespace {

Edge edge(char digit, const std::string& name) {
  Edge e;
  e.identity = std::string(64, digit);
  e.name = name;
  e.directory = "out/" + name.substr(0, name.find('/')) + "/" + e.identity.substr(0, 12);
  e.mode = "work";
  e.argv = {"tool", "a \"word\"\n"};
  e.outputs = {"file", "folder/"};
  return e;
}

Plan small_plan() {
  Plan p;
  p.edges = {edge('b', "lib/s"), edge('a', "app/s")};
  p.edges[1].needs = {EdgeId{0}};
  p.edges[1].inputs = {{p.edges[0].directory + "/file", true}};
  p.edges[1].links = {{"results/x", "file"}};
  p.edges[1].env = {{"KEY", "value"}};
  p.targets = {{"all", "Everything", {EdgeId{0}, EdgeId{1}}, true, "", false},
               {"later", "Later", {}, false, "", true}};
  p.inputs = {"/a path/with:colon", "/b$c"};
  return p;
}

std::string ninja_of(const Plan& p, const Programs& programs = {"/m", "/e"}) {
  return to_ninja(p, programs).whole();
}
std::string plan_file_of(const Plan& p) { return to_plan_file(p).whole(); }

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an edge is one statement: .done and its files, what it needs, its identity") {
  std::string n = ninja_of(small_plan(), {"/opt/mlpgen", "/opt/my edge"});
  CHECK(has(n,
            "build out/app/aaaaaaaaaaaa/.done | out/app/aaaaaaaaaaaa/file: e | "
            "out/lib/bbbbbbbbbbbb/.done\n  id = aaaaaaaaaaaa\n  d = app/s\n"));
  CHECK(has(n, "command = '/opt/my edge' $id\n"));
  CHECK(has(n,
            "build all: phony .mlpgen/verify/all.ok\nbuild .mlpgen/verify/all.ok: verify "
            "out/lib/bbbbbbbbbbbb/.done out/app/aaaaaaaaaaaa/.done\n  d = all\n"));
  CHECK(has(n, "default all\n"));
}

TEST_CASE("what Ninja reads as its own in a path is escaped") {
  std::string n = ninja_of(small_plan());
  CHECK(has(n, "/a$ path/with$:colon"));
  CHECK(has(n, "/b$$c"));
}

TEST_CASE("a target that is not written yet refuses, and one without edges says so") {
  Plan p = small_plan();
  CHECK(has(ninja_of(p), "build later: refuse\n"));
  p.targets[1].not_yet = false;
  CHECK(has(ninja_of(p), "build later: say\n"));
  CHECK(has(to_target_list(p), "ninja all"));
}

TEST_CASE("a plan without inputs is a manifest, too") {
  Plan p = small_plan();
  p.inputs.clear();
  CHECK(has(ninja_of(p),
            "build build.ninja: configure | $\n  .mlpgen/plan\nbuild $\n  .mlpgen/plan: phony\n"));
}

TEST_CASE("the plan file is sorted by identity, and each line begins with it") {
  std::vector<std::string> lines = split(plan_file_of(small_plan()), '\n');
  REQUIRE(lines.size() >= 2);
  CHECK(lines[0].starts_with("{\"identity\":\"" + std::string(64, 'a') + "\","));
  CHECK(lines[1].starts_with("{\"identity\":\"" + std::string(64, 'b') + "\","));
}

TEST_CASE("a line of the plan file is JSON with every field of the edge") {
  auto j = nlohmann::json::parse(split(plan_file_of(small_plan()), '\n')[0]);
  CHECK(j["argv"] == nlohmann::json({"tool", "a \"word\"\n"}));
  CHECK(j["inputs"][0]["fetched"] == true);
  CHECK(j["links"][0] == nlohmann::json{{"name", "results/x"}, {"to", "file"}});
  CHECK(j["env"]["KEY"] == "value");
  CHECK(j["outputs"] == nlohmann::json({"file", "folder/"}));
  for (const char* key : {"name", "about", "directory", "mode", "pass_env"}) CHECK(j.contains(key));
}

TEST_CASE("a list that few edges have is left out where it is empty") {
  std::vector<std::string> lines = split(plan_file_of(small_plan()), '\n');
  auto without = nlohmann::json::parse(lines[1]);
  CHECK_FALSE(without.contains("links"));
  CHECK_FALSE(without.contains("secrets"));
  Plan p = small_plan();
  p.edges[0].secrets = {"TOKEN"};
  CHECK(nlohmann::json::parse(split(plan_file_of(p), '\n')[1])["secrets"] ==
        nlohmann::json({"TOKEN"}));
}

TEST_CASE("what JSON escapes is escaped at every place of a text") {
  for (size_t at = 0; at < 20; ++at)
    for (char c : {'"', '\\', '\n', '\x1f'}) {
      Plan p = small_plan();
      std::string word = std::string(at, 'x') + c + "\xc3\xa9 rest of the word";
      p.edges[0].argv = {word};
      CHECK(nlohmann::json::parse(split(plan_file_of(p), '\n')[1])["argv"][0] == word);
    }
}

TEST_CASE("identities that begin alike are sorted by what follows") {
  Plan p = small_plan();
  p.edges[0].identity = "aaaaaaaa" + std::string(56, '9');
  p.edges[1].identity = "aaaaaaaa" + std::string(56, '1');
  CHECK(plan_file_of(p).find(std::string(56, '1')) < plan_file_of(p).find(std::string(56, '9')));
}

TEST_CASE("a plan of many pieces is the same text as in one") {
  Plan p;
  for (int i = 0; i < 5000; ++i) p.edges.push_back(edge('a', "app/s" + std::to_string(i)));
  size_t pieces = 0;
  std::string all;
  to_plan_file(p).give([&](std::string_view piece) {
    ++pieces;
    all += piece;
  });
  CHECK(pieces > 1);
  CHECK(all == plan_file_of(p));
  CHECK(split(all, '\n').size() == 5001);
}

TEST_CASE("a long plan file is as if it were made line by line") {
  Plan p;
  for (int i = 0; i < 4500; ++i) {
    p.edges.push_back(edge('a', "r/s" + std::to_string(i)));
    p.edges.back().identity = std::to_string(10000 + i * 7919 % 4500) + std::string(59, 'f');
  }
  std::vector<std::string> lines;
  for (const Edge& e : p.edges) {
    Plan alone;
    alone.edges = {e};
    lines.push_back(plan_file_of(alone));
  }
  std::sort(lines.begin(), lines.end());
  CHECK(plan_file_of(p) == join(lines, ""));
}

TEST_CASE("a normalised plan has numbers for identities, and is the same for other ones") {
  Plan p = small_plan();
  p.edges[1].argv = {p.edges[0].directory + "/file", std::string(11, 'b'), std::string(13, 'b')};
  std::string text = normalised_plan_file(p), ninja = without_identities(p, ninja_of(p));
  CHECK(text.starts_with("{\"identity\":\"1\",\"name\":\"lib/s\","));
  CHECK(has(text, "\n{\"identity\":\"2\",\"name\":\"app/s\","));
  CHECK(has(text, "\"out/lib/1/file\",\"bbbbbbbbbbb\",\"bbbbbbbbbbbbb\"]"));
  CHECK(has(ninja, "build out/app/2/.done | out/app/2/file: e | out/lib/1/.done\n  id = 2\n"));
  for (Edge& e : p.edges) {
    std::string before = e.directory;
    e.identity = std::string(64, e.identity[0] == 'a' ? '8' : '7');
    e.directory = before.substr(0, before.rfind('/') + 1) + e.identity.substr(0, 12);
  }
  p.edges[1].argv[0] = p.edges[0].directory + "/file";
  p.edges[1].inputs[0].path = p.edges[0].directory + "/file";
  CHECK(normalised_plan_file(p) == text);
  CHECK(without_identities(p, ninja_of(p)) == ninja);
}
