#include "fetch/published_digest.h"

#include <doctest/doctest.h>

using mlpgen::tool::PublishedDigest;

TEST_CASE("MD5 and SHA-1 of RFC 1321 and FIPS 180-1, in parts") {
  PublishedDigest md5(PublishedDigest::Kind::kMd5), sha1(PublishedDigest::Kind::kSha1);
  for (const char* part : {"a", "", "bc"}) {
    md5.update(part);
    sha1.update(part);
  }
  CHECK(md5.hex() == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(sha1.hex() == "a9993e364706816aba3e25717850c26c9cd0d89d");
}
