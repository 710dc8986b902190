#include "text/units.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("bytes are written in decimal units") {
  CHECK(readable_bytes(0) == "0 bytes");
  CHECK(readable_bytes(1) == "1 byte");
  CHECK(readable_bytes(999) == "999 bytes");
  CHECK(readable_bytes(1000) == "1.0 kB");
  CHECK(readable_bytes(999999) == "1.0 MB");
  CHECK(readable_bytes(343000000000) == "343.0 GB");
}
