#include "loadgen/accuracy_log.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"
#include "file/file.h"

using namespace mlpgen;
using namespace mlpgen::submission;

namespace {

constexpr const char* kTwo =
    "[\n{ \"seq_id\" : 0, \"qsl_idx\" : 7, \"data\" : \"0A00\", \"token_count\" : 2 },\n"
    "{ \"seq_id\" : 1, \"qsl_idx\" : 3, \"data\" : \"\" }\n]\n";

std::string in_file(const TestFolder& folder, const std::string& text) {
  std::string path = folder.path() + "/log.json";
  REQUIRE(write_file(path, text));
  return path;
}

}  // namespace

TEST_CASE("a log is its outputs in their order") {
  TestFolder folder;
  Result<std::vector<LoggedOutput>> log = read_accuracy_log(in_file(folder, kTwo));
  REQUIRE(log);
  REQUIRE(log->size() == 2);
  CHECK((*log)[0].index == 7);
  CHECK((*log)[0].data == "0A00");
  CHECK((*log)[0].tokens == 2);
  CHECK((*log)[1].index == 3);
  CHECK(read_accuracy_log(in_file(folder, "[]"))->empty());
}

TEST_CASE("a log that is cut, or of another form, is none") {
  TestFolder folder;
  std::string whole = kTwo;
  for (const std::string& text :
       {whole.substr(0, whole.size() - 2), whole.substr(0, 20) + "\n\n...\n\n" + whole.substr(40),
        std::string(""), std::string("{}"), std::string("[1]"), std::string("[{\"qsl_idx\": 1}]"),
        std::string("[{\"data\": \"00\"}]"), std::string("[{\"qsl_idx\": -1, \"data\": \"\"}]"),
        std::string("[[]]"), whole + "x"})
    CHECK_FALSE(read_accuracy_log(in_file(folder, text)));
}

TEST_CASE("a part of a log is a log") {
  TestFolder folder;
  std::string path = in_file(folder, kTwo);
  CHECK(*part_of_log(path, {7}) ==
        "[\n{ \"seq_id\" : 0, \"qsl_idx\" : 7, \"data\" : \"0A00\" }\n]\n");
  CHECK(read_accuracy_log(in_file(folder, *part_of_log(path, {}))));
}

TEST_CASE("digits are bytes") {
  CHECK(*bytes_of("0aFF") == std::string("\x0a\xff"));
  CHECK_FALSE(bytes_of("0"));
  CHECK_FALSE(bytes_of("0g"));
}
