#include "loadgen/loadgen_log.h"

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

TEST_CASE("a line as LoadGen words it and any other JSON say the same") {
  auto with = [](const std::string& value, const std::string& error) {
    return ":::MLLOG {\"key\": \"a\", \"value\": " + value +
           ", \"time_ms\": 0.5, \"namespace\": \"mlperf::logging\", \"event_type\": "
           "\"POINT_IN_TIME\", \"metadata\": {\"is_error\": " +
           error +
           ", \"is_warning\": false, \"file\": \"a.cc\", \"line_no\": 1, \"pid\": 2, \"tid\": "
           "3}}\n";
  };
  for (const char* value :
       {"12", "0", "1.5", "true", "\"text\"", "18446744073709551615", "-1", "1e-5", "\"a\\nb\""}) {
    auto log = LoadgenLog::parse(with(value, "false"), "log");
    REQUIRE(log);
    CHECK(*log->find("a") == nlohmann::json::parse(value));
  }
  for (const char* value : {"[1,2, 3]", "[]", "{\"a\": \"b\"}", "{}", "[[1]]"})
    CHECK(LoadgenLog::parse(with(value, "false"), "log"));
  for (const char* value : {"01", "[1,]", "[1 2]", "{\"a\"}", "\"a", "1.", "NaN", "tru", ""})
    CHECK_FALSE(LoadgenLog::parse(with(value, "false"), "log"));
  CHECK(LoadgenLog::parse(with("1", "true"), "log")->errors().size() == 1);
  CHECK(LoadgenLog::parse(with("1", "\"false\""), "log")->errors().size() == 1);
}

TEST_CASE("a message without a value is refused, and one that is nested too deep") {
  CHECK_FALSE(
      LoadgenLog::parse(":::MLLOG {\"key\": \"a\", \"metadata\": {\"is_error\": false}}\n", "l"));
  CHECK(LoadgenLog::parse(line("a", std::string(90, '[') + std::string(90, ']')), "l"));
  CHECK_FALSE(LoadgenLog::parse(line("a", std::string(2000, '[') + std::string(2000, ']')), "l"));
}
