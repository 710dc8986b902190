#include "tool/template.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace mlpgen;
using namespace mlpgen::tool;

namespace {

std::string fill(const std::string& text, const char* json) {
  Result<std::string> filled = fill_template("t", text, nlohmann::ordered_json::parse(json));
  return filled ? *filled : "error: " + line_of(filled.error()) + " / " + filled.error().help;
}

}  // namespace

TEST_CASE("values are inserted as they are, never escaped for HTML") {
  CHECK(fill("a {{x}} b", R"({"x": "<&\"'>"})") == "a <&\"'> b");
  CHECK(fill("{{n}} {{f}} {{o.p}}", R"({"n": 3, "f": 0.02, "o": {"p": "q"}})") == "3 0.02 q");
}

TEST_CASE("empty, false, null and empty lists close a section; other values open it") {
  for (const char* closed : {R"({"x": ""})", R"({"x": false})", R"({"x": null})", R"({"x": []})"}) {
    CHECK(fill("{{#x}}yes{{/x}}{{^x}}no{{/x}}", closed) == "no");
  }
  for (const char* open :
       {R"({"x": "0"})", R"({"x": true})", R"({"x": 0})", R"({"x": {}})", R"({"x": [1]})"}) {
    CHECK(fill("{{#x}}yes{{/x}}{{^x}}no{{/x}}", open) == "yes");
  }
  CHECK(fill("{{#l}}[{{a}}]{{/l}}", R"({"l": [{"a": 1}, {"a": 2}]})") == "[1][2]");
}

TEST_CASE("lines that hold only a tag vanish, empty lines of the text stay") {
  const char* text =
      "{{! a\n comment}}\none\n{{#x}}\n\ntwo\n  {{/x}}\n\n{{^x}}\nthree\n{{/x}}\nfour {{! here "
      "}}\n";
  CHECK(fill(text, R"({"x": "1"})") == "one\n\ntwo\n\nfour \n");
  CHECK(fill(text, R"({"x": ""})") == "one\n\nthree\nfour \n");
  CHECK(fill("{{! c}}\n{{#x}}\na\n{{/x}}\n\t{{#y}}\nb\n{{/y}}\nend\n", R"({"x": "", "y": ""})") ==
        "end\n");
  CHECK(fill("{{#x}}\na\n{{/x}}", R"({"x": "1"})") == "a\n");
}

TEST_CASE("a key that nobody set is an error, with the near one") {
  CHECK(
      fill("{{modle}}", R"({"model": "a"})") ==
      "error: t uses 'modle', which has no value  [unknown-key] / did you mean 'model'? give it by "
      "--values modle=VALUE "
      "(an empty value closes its section)");
  CHECK(fill("{{#a}}{{/a}}", "{}").find("[unknown-key]") != std::string::npos);
  CHECK(fill("{{^a}}x{{/a}}", "{}").find("[unknown-key]") != std::string::npos);
  CHECK(fill("{{> part}}", "{}").find("[unknown-key]") != std::string::npos);
}

TEST_CASE("what Mustache cannot read is an error") {
  CHECK(fill("{{#a}}x", R"({"a": "1"})").find("[bad-template]") != std::string::npos);
}
