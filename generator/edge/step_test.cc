#include "step/step.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/test_folder.h"
#include "file/digest.h"
#include "file/file.h"
#include "file/sealed.h"
#include "process/guarded.h"
#include "step/plan_file.h"

using namespace mlpgen;

namespace {

std::string seal(const std::string& json) {
  std::string body = json.substr(0, json.size() - 1);
  return body + line_seal(body);
}

std::string line(const std::string& identity, const std::string& name,
                 const std::string& more = "") {
  return seal("{\"identity\":\"" + identity + "\",\"name\":\"" + name +
              "\",\"directory\":\"out/app/" + identity.substr(0, 12) +
              "\",\"mode\":\"work\",\"argv\":[\"/bin/true\"]" + more + "}") +
         "\n";
}

std::string plan_of(std::vector<std::string> identities) {
  std::sort(identities.begin(), identities.end());
  std::string text;
  for (const std::string& id : identities) text += line(id, "app/" + id.substr(0, 4));
  return text;
}

std::string run_script(const std::string& script) {
  std::string shown;
  Command c{{"/bin/sh", "-c", script},
            {"PATH=/usr/bin:/bin", "TOKEN=tok'en 1", "PIP_INDEX=there", "OTHER=no"},
            {}};
  Result<Outcome> outcome = run_guarded(c, [&](std::string_view text) { shown += text; });
  CHECK(outcome.ok());
  CHECK(outcome->wait_status == 0);
  return shown;
}

}  // namespace

TEST_CASE("each line of a plan is found, whatever their number, and nothing else is") {
  for (int count : {0, 1, 2, 3, 7, 100}) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(sha256(std::to_string(i)));
    std::string plan = plan_of(ids);
    for (const std::string& id : ids) {
      std::string_view found = PlanFile::find_plan_line(plan, id.substr(0, 12));
      CHECK(found.starts_with("{\"identity\":\"" + id + "\""));
      CHECK(found.ends_with("}"));
    }
    for (const char* absent : {"000000000000", "ffffffffffff", "7fffffffffff"})
      CHECK(PlanFile::find_plan_line(plan, absent).empty());
  }
}

TEST_CASE(
    "a step is found by identity and by name, also where a name stands in another's argument") {
  TestFolder folder;
  std::string a(64, 'a'), b(64, 'b');
  folder.put(".mlpgen/plan",
             line(a, "app/one", ",\"env\":{\"name\":\"app/two\"}") + line(b, "app/two"));
  CHECK(find_step(".", std::string(12, 'b'))->name == "app/two");
  CHECK(find_step(".", "app/two")->identity == b);
  CHECK(find_step(".", "app/one")->env.at("name") == "app/two");
  CHECK_FALSE(find_step(".", "app/three").ok());
  CHECK(find_step(".", "app/three").error().message == "the plan has no edge 'app/three'");
  CHECK(list_steps(".")->size() == 2);
  CHECK(maker_of(".", "out/app/bbbbbbbbbbbb/x/y") == "app/two");
  CHECK(maker_of(".", "src/x") == "");
}

TEST_CASE("a plan that is not there or damaged says what to type") {
  TestFolder folder;
  CHECK(list_steps(".").error().help.find("mlpgen configure") != std::string::npos);
  folder.put(".mlpgen/plan", "{\"identity\":\"" + std::string(64, 'a') + "\",\"name\":");
  CHECK(find_step(".", std::string(12, 'a')).error().help.find("mlpgen configure") !=
        std::string::npos);
  CHECK_FALSE(list_steps(".").ok());
}

TEST_CASE("every field of a step is read") {
  nlohmann::json j = {{"identity", std::string(64, 'c')},
                      {"name", "a/b"},
                      {"about", "does it"},
                      {"directory", "out/a/cccccccccccc"},
                      {"mode", "measure"},
                      {"argv", {"/bin/x", "${out}"}},
                      {"env", {{"A", "1"}}},
                      {"pass_env", {"PIP_*"}},
                      {"secrets", {"TOKEN"}},
                      {"inputs", {{{"path", "p"}, {"fetched", true}}, {{"path", "q"}}}},
                      {"outputs", {"x", "y/"}},
                      {"links", {{{"name", "n"}, {"to", "x"}}}}};
  Result<Step> s = parse_step(seal(j.dump()));
  REQUIRE(s.ok());
  CHECK(s->mode == Mode::kMeasure);
  CHECK(s->inputs[0].fetched);
  CHECK_FALSE(s->inputs[1].fetched);
  CHECK(s->outputs == std::vector<std::string>{"x", "y/"});
  CHECK(s->links[0].to == "x");
  CHECK(log_path(*s) == ".mlpgen/log/a,b/cccccccccccc.log");
  j["mode"] = "play";
  CHECK_FALSE(parse_step(seal(j.dump())).ok());
}

TEST_CASE(
    "the repro script runs the command, with its words unchanged and without values of secrets") {
  TestFolder folder;
  folder.put("rate.json", R"({"a/b": [{"qps": 12.5}]})");
  Step s;
  s.identity = std::string(64, 'a');
  s.name = "app/x";
  s.directory = "out/app/aaaaaaaaaaaa";
  s.argv = {
      "/bin/sh",
      "-c",
      "printf '%s|' \"$@\" \"$WORD\" \"$TOKEN\" \"$PIP_INDEX\" \"${OTHER-unset}\"; ls -d \"$6\"",
      "sh",
      "it's",
      "",
      "a  b$HOME",
      "*",
      "${late:rate.json#/a~1b/0/qps}",
      "${out}"};
  s.env = {{"WORD", "x y"}};
  s.pass_env = {"PIP_*"};
  s.secrets = {"TOKEN"};
  std::string script = repro_script(s, folder.path());
  CHECK(script.find("tok'en") == std::string::npos);
  std::string shown = run_script(script);
  CHECK(shown.find("it's||a  b$HOME|*|12.5|/tmp/mlpgen-repro.") != std::string::npos);
  CHECK(shown.find("|x y|tok'en 1|there|unset|") != std::string::npos);
  std::filesystem::remove_all(
      shown.substr(shown.rfind("/tmp/"), shown.rfind('\n') - shown.rfind("/tmp/")));
}

TEST_CASE("a plan whose names leave the run directory or the artifact is damaged") {
  std::string id(64, 'a');
  auto refused = [&](const std::string& more) {
    std::string text = line(id, "app/x", more);
    text.pop_back();  // the end of the line
    return !parse_step(text).ok();
  };
  CHECK_FALSE(refused(""));
  CHECK_FALSE(
      refused(R"(,"outputs":["x","d/"],"links":[{"name":"results/x","to":"d/"},{"name":"all"}])"));
  for (const char* output : {"../../x", "/tmp/x", "d/../../x", ""})
    CHECK(refused(",\"outputs\":[\"" + std::string(output) + "\"]"));
  for (const char* name : {"../../../x", "/tmp/x", "a/../../x", "", "a/", ".mlpgen/plan"})
    CHECK(refused(",\"links\":[{\"name\":\"" + std::string(name) + "\"}]"));
  for (const char* to : {"../../../x", "/etc/passwd"})
    CHECK(refused(",\"links\":[{\"name\":\"x\",\"to\":\"" + std::string(to) + "\"}]"));
  for (const char* directory : {"/tmp/x", "out/../aaaaaaaaaaaa", "out/app/aaaaaaaaaaaa/x",
                                "out/app/bbbbbbbbbbbb", "../out/app/aaaaaaaaaaaa"})
    CHECK(refused(",\"directory\":\"" + std::string(directory) + "\""));
}
