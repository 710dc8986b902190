#include "recipe/load/values.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

Values of(KeyType type, const char* min = nullptr, const char* max = nullptr) {
  Values v;
  v.type = type;
  if (min) v.min = Text{min, {}};
  if (max) v.max = Text{max, {}};
  return v;
}

std::string wanted(const Values& v, const std::string& text) {
  std::optional<ValueFault> fault = fault_of(v, text);
  return fault ? fault->wanted : "";
}

}  // namespace

TEST_CASE("a number stays within its bounds, both of which it may be") {
  Values v = of(KeyType::kInt, "1", "64");
  CHECK(wanted(v, "1").empty());
  CHECK(wanted(v, "64").empty());
  CHECK(wanted(v, "0") == "a whole number from 1 to 64");
  CHECK(wanted(v, "-1") == "a whole number from 1 to 64");
  CHECK(wanted(v, "65") == "a whole number from 1 to 64");
  CHECK(wanted(v, "9999999999999999999999") == "a whole number from 1 to 64");
  CHECK(wanted(of(KeyType::kNumber, "0.001"), "0") == "a number from 0.001 on");
  CHECK(wanted(of(KeyType::kNumber, "0.001"), "1e-9") == "a number from 0.001 on");
  CHECK(wanted(of(KeyType::kNumber, nullptr, "10"), "10.5") == "a number up to 10");
  CHECK(wanted(of(KeyType::kNumber), "nan") == "a number");
}

TEST_CASE("without bounds a number is not negative and a whole one has 18 digits at most") {
  CHECK(wanted(of(KeyType::kInt), "0").empty());
  CHECK(wanted(of(KeyType::kInt), "-1") == "a whole number from 0 on");
  CHECK(wanted(of(KeyType::kInt), "1.5") == "a whole number");
  CHECK(wanted(of(KeyType::kInt), "1234567890123456789") == "a whole number of 18 digits at most");
}

TEST_CASE("a name can be a file and a folder") {
  Values v = of(KeyType::kName);
  for (const char* fine : {"demo", "8xH100-SXM-80GB_TRT", "a.b", "Zürich"})
    CHECK(wanted(v, fine).empty());
  for (const char* bad :
       {"../x", "..", ".", "a/b", "a b", "a\\b", "a\tb", "a\nb", "\x01", "\x7f", "-x", "H200 "})
    CHECK_FALSE(wanted(v, bad).empty());
  CHECK(wanted(v, std::string(128, 'x')).empty());
  CHECK_FALSE(wanted(v, std::string(129, 'x')).empty());
}

TEST_CASE("the help for a name is a name") {
  Values v = of(KeyType::kName);
  CHECK(fault_of(v, "LAB IDEAPAD BOX")->help == "write for example LAB_IDEAPAD_BOX");
  CHECK(fault_of(v, "../x")->help == "write for example _x");
  CHECK(fault_of(v, "..")->help == "write for example name");
}
