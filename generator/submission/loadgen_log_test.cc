#include "submission/loadgen_log.h"

#include <doctest/doctest.h>

using namespace mlpgen::submission;

namespace {

std::string line(const std::string& key, const std::string& value, bool error = false) {
  return ":::MLLOG {\"key\": \"" + key + "\", \"value\": " + value +
         ", \"metadata\": {\"is_error\": " + (error ? "true" : "false") + "}}\n";
}

}  // namespace

TEST_CASE("the first value of a key counts, errors are kept") {
  auto log = LoadgenLog::parse(
      line("a", "18446744073709551615") + "noise\n" + line("a", "2") + line("e", "\"boom\"", true),
      "log");
  REQUIRE(log);
  CHECK(log->find("a")->get<uint64_t>() == 18446744073709551615u);
  CHECK(log->errors() == std::vector<std::string>{"boom"});
  CHECK(log->text("e") == "boom");
  CHECK_FALSE(log->text("a"));
  CHECK(log->find("b") == nullptr);
}

TEST_CASE("what is not a log of LoadGen is told with its line") {
  CHECK(LoadgenLog::parse("hello\n", "log").error().message ==
        "log:1: a detail log of LoadGen begins with :::MLLOG");
  CHECK(LoadgenLog::parse(line("a", "1") + ":::MLLOG {\n", "log").error().message ==
        "log:2: this line is not one that LoadGen writes");
  CHECK(LoadgenLog::parse(":::MLLOG {\"key\": \"a\", \"value\": 1}\n", "log").error().message ==
        "log:1: this line is not one that LoadGen writes");
  CHECK(LoadgenLog::parse("", "log").error().message == "log is empty");
}
