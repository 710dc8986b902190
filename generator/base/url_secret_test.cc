#include "base/url_secret.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("what stands before the host of a URL is hidden, and all else keeps its place") {
  CHECK(without_secrets("get https://me:pw@a.org/f, then http://x@b.org:8/") == "get https://*****@a.org/f, then http://*@b.org:8/");
  CHECK(without_secrets("HTTPS://me:p@w@a.org") == "HTTPS://******@a.org");
  CHECK(without_secrets("P=https://me:pw@a.org/f") == "P=https://*****@a.org/f");
  for (const char* plain : {"https://a.org/@x/b@c", "https://a.org/?mail=a@b.org", "ssh://git@a.org/f", "git@a.org:f", "a@b", "https://a.org:80/x", "://", "https://", "https://@a.org/"}) {
    CAPTURE(plain);
    CHECK_FALSE(has_url_secret(plain));
  }
}

TEST_CASE("values of parameters that let their bearer in are hidden") {
  CHECK(without_secrets("https://a.org/f?x=1&token=abc&y=2") == "https://a.org/f?x=1&token=***&y=2");
  CHECK(without_secrets("https://a.org/f?X-Amz-Signature=0f#access_token=1") == "https://a.org/f?X-Amz-Signature=**#access_token=*");
  CHECK(without_secrets("'https://a.org?sig=12' token=3") == "'https://a.org?sig=**' token=3");
  for (const char* plain : {"https://a.org/f?dl=1", "https://a.org/f?token=", "https://a.org/token=1", "https://a.org/?list-type=2&continuation-token=x", "https://a.org/f?tokens=1"}) {
    CAPTURE(plain);
    CHECK_FALSE(has_url_secret(plain));
  }
}
