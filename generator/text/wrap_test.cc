#include "text/wrap.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("a line that is too long goes on below, behind its indent") {
  CHECK(wrap("  fetch  one two three\nshort\n", 14, 9) ==
        "  fetch  one\n         two\n         three\nshort\n");
}

TEST_CASE("a word without a blank is not broken") {
  CHECK(wrap("  a https://files.example/model.onnx b", 10, 4) ==
        "  a https://files.example/model.onnx\n    b");
}

TEST_CASE("a character of several bytes is one column") {
  CHECK(columns_of("\xc3\xa4\xc3\xb6") == 2);
  CHECK(wrap("\xc3\xa4 \xc3\xb6 b", 3, 1) == "\xc3\xa4 \xc3\xb6\n b");
}
