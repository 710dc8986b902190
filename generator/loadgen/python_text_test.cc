#include "loadgen/python_text.h"

#include <doctest/doctest.h>

using namespace mlpgen::submission;
using Json = nlohmann::json;

TEST_CASE("a double as Python shows it") {
  CHECK(python_text(24.0) == "24.0");
  CHECK(python_text(0.1) == "0.1");
  CHECK(python_text(1e-4) == "0.0001");
  CHECK(python_text(1.5e-5) == "1.5e-05");
  CHECK(python_text(1e16) == "1e+16");
  CHECK(python_text(1234567890123456.0) == "1234567890123456.0");
  CHECK(python_text(12.345678901234567) == "12.345678901234567");
  CHECK(python_text(-0.0) == "-0.0");
  CHECK(python_text(1e-300) == "1e-300");
  CHECK(python_text(0.0) == "0.0");
}

TEST_CASE("JSON values as Python shows them") {
  CHECK(python_text(Json("a \"b\"")) == "a \"b\"");
  CHECK(python_text(Json(true)) == "True");
  CHECK(python_text(Json()) == "None");
  CHECK(python_text(Json(3)) == "3");
  CHECK(python_text(Json(18446744073709551615u)) == "18446744073709551615");
  CHECK(python_text(Json({1, "a'b", 2.5})) == "[1, \"a'b\", 2.5]");
  CHECK(python_text(Json({{"a", nullptr}})) == "{'a': None}");
}

TEST_CASE("what Python takes for false") {
  CHECK_FALSE(is_true(Json("")));
  CHECK_FALSE(is_true(Json(0)));
  CHECK_FALSE(is_true(Json(0.0)));
  CHECK_FALSE(is_true(Json()));
  CHECK_FALSE(is_true(Json::array()));
  CHECK(is_true(Json("0")));
  CHECK(is_true(Json(false)) == false);
}

TEST_CASE("what Python's int() reads") {
  CHECK(python_int(Json("8")) == 8);
  CHECK(python_int(Json(" 8 ")) == 8);
  CHECK(python_int(Json("+8")) == 8);
  CHECK(python_int(Json("-8")) == -8);
  CHECK(python_int(Json(1.9)) == 1);
  CHECK_FALSE(python_int(Json("1.0")));
  CHECK_FALSE(python_int(Json("")));
  CHECK_FALSE(python_int(Json()));
}
