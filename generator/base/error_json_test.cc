#include "base/error_json.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace mlpgen;

TEST_CASE("an error of another program is read as it was, among what the program printed besides") {
  Error said{"two\nlines of \"it\"", "type this", 0, "no-network", "a.yaml:1:2"};
  Error read = error_in(answer_in("Collecting x\n" + to_json_line(said) + "error: two\n"));
  CHECK(read.message == said.message);
  CHECK(read.help == said.help);
  CHECK(read.id == said.id);
  CHECK(read.location == said.location);
  CHECK(line_of(read) == "a.yaml:1:2: two\nlines of \"it\"  [no-network]");
}

TEST_CASE("an answer is no error, and text is no answer") {
  CHECK(error_in(answer_in("{\"sha256\": \"12\"}\n")).message.empty());
  CHECK(answer_in("error: no  [no-network]\nhelp: none\n").is_null());
  CHECK(error_in(answer_in("")).id.empty());
}
