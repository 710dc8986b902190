#include "text/version.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("versions compare as numbers, pre-releases before the release") {
  CHECK(compare_versions("3.9", "3.10") < 0);
  CHECK(compare_versions("3.9", "3.9.0") == 0);
  CHECK(compare_versions("1.2rc1", "1.2") < 0);
  CHECK(compare_versions("1.2", "1.2.post1") < 0);
  CHECK(compare_versions("1.2.dev3", "1.2a1") < 0);
  CHECK(compare_versions("v1.2", "1.3") < 0);
  CHECK(compare_versions("r4.0", "r3.1") > 0);
  CHECK(compare_versions("2.1+cu118", "2.1") == 0);
  CHECK_FALSE(is_version("main"));
  CHECK(is_version("v5.1"));
}
