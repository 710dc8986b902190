#include "text/interned.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("equal texts are one") {
  Interned a = std::string("-std=c++20"), b = "-std=c++20", c = "-O2";
  CHECK(&a.text() == &b.text());
  CHECK(a == b);
  CHECK_FALSE(a == c);
  CHECK(c == "-O2");
  CHECK(Interned() == "");
  CHECK(Interned().empty());
}

TEST_CASE("a text stays where it is while others are added") {
  Interned first = "a text that is too long to stand inside a std::string";
  const std::string* place = &first.text();
  for (int i = 0; i < 10'000; ++i) (void)Interned(std::to_string(i));
  CHECK(&Interned(*place).text() == place);
}
