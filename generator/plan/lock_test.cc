// Lock files, and the keys under which steps look things up.
#include "plan/lock.h"

#include <nlohmann/json.hpp>

#include "plan/lock_keys.h"
#include "plan/test_bench.h"

using namespace mlpgen;

namespace {

std::string file_of(const std::string& entries) {
  return "{\"format\": 1, \"entries\": {" + entries + "}}";
}

ResolvedParam one(std::string value) { return {{}, Param::Kind::kText, {std::move(value)}, {}}; }

}  // namespace

TEST_CASE("entries of a later lock beat those of an earlier one, and a missing lock is none") {
  Bench b;
  Sources sources;
  Sink sink;
  b.write(
      "a.lock",
      file_of(
          "\"package x==1 sdist\": {\"version\": \"old\"}, \"other\": {\"version\": \"kept\"}"));
  b.write("b.lock", file_of("\"package x==1 sdist\": {\"version\": \"new\", \"lines\": [\"l\"], "
                            "\"stand_in\": true}"));
  Lock lock;
  for (const char* name : {"/a.lock", "/b.lock", "/none.lock"})
    lock.read(b.folder + name, sources, sink);
  CHECK(sink.ok());
  CHECK(lock.find("package x==1 sdist")->fields.at("version") == "new");
  CHECK(lock.find("package x==1 sdist")->stand_in);
  CHECK(lock.find("other")->fields.at("version") == "kept");
  CHECK(lock.find("nothing") == nullptr);
}

TEST_CASE("the lock of a request has what was found, from whichever file") {
  Lock lock;
  lock.add("taken", {{{"version", "1"}}, {"line"}, false, "a"});
  lock.add("left", {{{"version", "2"}}, {}, false, "a"});
  lock.otherwise("far", [] {
    Lock rest;
    rest.add("far", {{{"version", "3"}}, {}, true, "b"});
    rest.add("far and left", {{{"version", "4"}}, {}, false, "b"});
    return rest;
  });
  CHECK(lock.used_text().find("\"entries\": {}") != std::string::npos);
  lock.find("taken");
  lock.find("far");
  lock.find("nothing");
  auto entries = nlohmann::json::parse(lock.used_text())["entries"];
  CHECK(entries.size() == 2);
  CHECK(entries["taken"] == nlohmann::json{{"version", "1"}, {"lines", {"line"}}});
  CHECK(entries["far"] == nlohmann::json{{"version", "3"}, {"stand_in", true}});
}

TEST_CASE(
    "the rest of a lock is read once, for what no other has, and is a file that was read only "
    "then") {
  int reads = 0;
  Lock lock;
  lock.add("here", {});
  lock.otherwise("there", [&] {
    ++reads;
    Lock rest;
    rest.add("there", {{{"version", "1"}}, {}, false, "rest"});
    Sources sources;
    Sink sink;
    rest.read("/nowhere/rest.lock", sources, sink);
    return rest;
  });
  CHECK(lock.find("here"));
  CHECK(lock.files().empty());
  CHECK_FALSE(lock.find("of another kind"));
  CHECK(reads == 0);
  REQUIRE(lock.find("there"));
  CHECK(lock.find("there")->fields.at("version") == "1");
  CHECK_FALSE(lock.find("there is nothing"));
  CHECK(reads == 1);
  CHECK(lock.files() == std::vector<std::string>{"/nowhere/rest.lock"});
}

TEST_CASE("hashes that stand once hold for every line that names the package") {
  Bench b;
  Sources sources;
  Sink sink;
  b.write("many.lock",
          R"({"format": 1, "entries": {"one": {"lines": ["a==1", "b==2"]},
          "two": {"lines": ["a==1", "c==3 --hash=sha256:c"]}},
          "hashes": {"a==1": "--hash=sha256:a"}})");
  Lock lock;
  lock.read(b.folder + "/many.lock", sources, sink);
  REQUIRE(lock.find("two"));
  CHECK(lock.find("one")->lines == std::vector<std::string>{"a==1 --hash=sha256:a", "b==2"});
  CHECK(lock.find("two")->lines ==
        std::vector<std::string>{"a==1 --hash=sha256:a", "c==3 --hash=sha256:c"});
}

TEST_CASE("a lock is written as it is read") {
  Bench b;
  Sources sources;
  Sink sink;
  Lock lock;
  LockEntry e;
  e.fields = {{"sha256", std::string(64, '0')}, {"size", "12"}};
  e.lines = {"a==1", "b==2"};
  lock.add("key", e);
  b.write("a.lock", lock.to_text());
  Lock again;
  again.read(b.folder + "/a.lock", sources, sink);
  CHECK(again.to_text() == lock.to_text());
}

TEST_CASE("a damaged lock is told at its place, whatever is wrong with it") {
  Bench b;
  for (const std::string& text :
       {std::string("{\"format\": 1,"), std::string("[]"),
        std::string("{\"format\": 2, \"entries\": {}}"), file_of("\"k\": {\"sha256\": \"abc\"}"),
        file_of("\"k\": {\"size\": 12}"), file_of("\"k\": {\"lines\": [1]}"), file_of("\"k\": 3"),
        std::string("{\"format\": \"x\", \"entries\": {}}")}) {
    CAPTURE(text);
    Sources sources;
    Sink sink;
    b.write("a.lock", text);
    Lock lock;
    lock.read(b.folder + "/a.lock", sources, sink);
    REQUIRE(sink.all().size() == 1);
    CHECK(sink.all()[0].id == "damaged-lock");
    CHECK(sink.all()[0].span.known());
  }
}

TEST_CASE("the key of a wheel names the Python that it is for, and that of a source does not") {
  std::map<std::string, ResolvedParam> params = {{"name", one("onnx")},
                                                 {"version", one("1.2")},
                                                 {"kind", one("wheel")},
                                                 {"python_version", one("3.11.2")}};
  CHECK(lock_want("package", params).key == "package onnx==1.2 wheel cp311-x86_64");
  params["kind"] = one("sdist");
  CHECK(lock_want("package", params).key == "package onnx==1.2 sdist");
}

TEST_CASE("the key of an environment has its requirements sorted, whatever the order of the deps") {
  auto key = [&](std::vector<Template> requirements) {
    std::map<std::string, ResolvedParam> params = {
        {"requirements", {{}, Param::Kind::kList, std::move(requirements), {}}},
        {"python_version", one("3.11.2")}};
    return lock_want("python-environment", params).key;
  };
  CHECK(key({"b==1", "a==2"}) == "python-environment a==2 b==1 cp311-x86_64");
  CHECK(key({"a==2", "b==1"}) == key({"b==1", "a==2"}));
}

TEST_CASE(
    "the key of an environment names the packages that it sees of the system, and that of a conda "
    "environment its channels") {
  auto list = [](std::vector<Template> items) {
    return ResolvedParam{{}, Param::Kind::kList, std::move(items), {}};
  };
  std::map<std::string, ResolvedParam> params = {{"requirements", list({"einops"})},
                                                 {"system_packages", list({"torch==1.13.0"})},
                                                 {"python_version", one("3.11.2")}};
  CHECK(lock_want("python-environment", params).key ==
        "python-environment einops cp311-x86_64 with the system's torch==1.13.0");
  params = {{"packages", list({"python=3.8", "mkl"})},
            {"channels", list({"intel", "conda-forge"})},
            {"platform", one("linux-64")}};
  CHECK(lock_want("conda-environment", params).key ==
        "conda-environment mkl python=3.8 from intel conda-forge linux-64");
}

TEST_CASE("a lock holds texts of one line only") {
  for (const char* entries :
       {R"("k": {"a": "x\u0001"})", R"("k\u0002": {})", R"("k": {"lines": ["a==1\u0000"]})",
        R"("k": {"lines": ["a==1\n--index-url=x"]})", R"("k": {"a\u0003": "x"})"}) {
    CAPTURE(entries);
    Bench b;
    Sources sources;
    Sink sink;
    b.write("a.lock", file_of(entries));
    Lock().read(b.folder + "/a.lock", sources, sink);
    REQUIRE(sink.all().size() == 1);
    CHECK(sink.all()[0].id == "damaged-lock");
  }
}
