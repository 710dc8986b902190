#include "step/expand.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"

using namespace mlpgen;

TEST_CASE("late values are read when the edge runs; what is missing is said") {
  TestFolder folder;
  folder.put("r.json",
             R"({"qps": 12.5, "n": 3, "s": "a b", "ok": true, "list": [1], "a/b": {"~": "deep"}})");
  CHECK(*expand("--qps=${late:r.json#/qps} ${late:r.json#/n}${out}", "o") == "--qps=12.5 3o");
  CHECK(*expand("${late:r.json#/s}|${late:r.json#/ok}|${late:r.json#/a~1b/~0}", "o") ==
        "a b|true|deep");
  folder.put("p.json", R"({"p": [{"name": "a", "v": 1}, 7, {"name": "b-c", "v": {"x": "2.1"}}]})");
  CHECK(*expand("${late:p.json#/p/[name=a]/v} ${late:p.json#/p/[name=b-c]/v/x}", "o") == "1 2.1");
  CHECK(*expand("$out ${HOME} $${out}", "o") == "$out ${HOME} $o");
  auto why = [](const std::string& text) { return expand(text, "o").error().message; };
  CHECK(why("${late:r.json#/none}") ==
        "the late value r.json#/none is not there: r.json has nothing at /none");
  for (const char* none :
       {"/p/[name=d]/v", "/p/[name=a]/w", "/p/[other=a]/v", "/q/[name=a]", "p/[n", "/p/1/v"})
    CHECK(why("${late:p.json#" + std::string(none) + "}")
              .ends_with("has nothing at " + std::string(none)));
  CHECK(why("${late:r.json#/list}").ends_with("it is a array, not one value"));
  CHECK(why("${late:absent.json#/x}").find("absent.json cannot be read") != std::string::npos);
  folder.put("bad.json", "{");
  CHECK(why("${late:bad.json#/x}").ends_with("bad.json is not JSON"));
  CHECK(why("${late:r.json}").ends_with("it has no #/pointer"));
  folder.put("cut.json",
             R"({"s": "a\u0000b", "t": "a\u001bb"})");  // an argument would end at the first byte
  CHECK(why("${late:cut.json#/s}").ends_with("it has the control byte 00"));
  CHECK(why("${late:cut.json#/t}").ends_with("it has the control byte 1b"));
}

TEST_CASE("the environment is what the step says, what it passes on, and nothing else") {
  setenv("MLPGEN_T_TOKEN", "s3cret", 1);
  setenv("MLPGEN_T_PIP_A", "1", 1);
  setenv("MLPGEN_T_OTHER", "1", 1);
  Step s;
  s.argv = {"bin/x", "${out}/y"};
  s.env = {{"OUT", "${out}"}, {"MLPGEN_T_PIP_A", "2"}};
  s.pass_env = {"MLPGEN_T_PIP_*", "MLPGEN_T_UNSET"};
  s.secrets = {"MLPGEN_T_TOKEN"};
  Result<Expanded> e = expand_step(s, "out/a/b.tmp.1");
  REQUIRE(e.ok());
  CHECK(e->argv == std::vector<std::string>{"bin/x", "out/a/b.tmp.1/y"});
  CHECK(e->env ==
        std::vector<std::string>{"MLPGEN_T_PIP_A=2", "MLPGEN_T_TOKEN=s3cret", "OUT=out/a/b.tmp.1"});
  CHECK(e->secrets == std::vector<std::string>{"s3cret"});
}
