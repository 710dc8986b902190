#include "file/digest.h"

#include <doctest/doctest.h>

#include "file/sha1.h"

using namespace mlpgen;

TEST_CASE("SHA-256 of 'abc' is the value of FIPS 180-2") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("SHA-1 of 'abc' is the value of FIPS 180-2") {
  CHECK(mlpgen::sha1("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST_CASE("fields do not run together") {
  Sha256 a, b;
  a.field("ab");
  a.field("c");
  b.field("a");
  b.field("bc");
  CHECK(a.hex() != b.hex());
}

TEST_CASE("hexadecimal digits of either case are counted") {
  CHECK(is_hex("09afAF", 6));
  CHECK_FALSE(is_hex("09afAF", 5));
  CHECK_FALSE(is_hex("09afAg", 6));
  CHECK(is_sha256(sha256("abc")));
  CHECK_FALSE(is_sha256(sha256("abc").substr(1)));
}

TEST_CASE("a missing file is an error that names it") {
  auto r = sha256_file("no/such/file");
  REQUIRE_FALSE(r.ok());
  CHECK(r.error().message == "no/such/file cannot be read: No such file or directory");
}
