#include "text/url_secret.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("what stands before the host of a URL is hidden, and all else keeps its place") {
  CHECK(without_secrets("get https://me:pw@a.org/f, then http://x@b.org:8/") ==
        "get https://*****@a.org/f, then http://*@b.org:8/");
  CHECK(without_secrets("HTTPS://me:p@w@a.org") == "HTTPS://******@a.org");
  CHECK(without_secrets("P=https://me:pw@a.org/f") == "P=https://*****@a.org/f");
  for (const char* plain :
       {"https://a.org/@x/b@c", "https://a.org/?mail=a@b.org", "ssh://git@a.org/f", "git@a.org:f",
        "a@b", "https://a.org:80/x", "://", "https://", "https://@a.org/"}) {
    CAPTURE(plain);
    CHECK_FALSE(has_url_secret(plain));
  }
}

TEST_CASE("values of parameters that let their bearer in are hidden") {
  CHECK(without_secrets("https://a.org/f?x=1&token=abc&y=2") ==
        "https://a.org/f?x=1&token=***&y=2");
  CHECK(without_secrets("https://a.org/f?X-Amz-Signature=0f#access_token=1") ==
        "https://a.org/f?X-Amz-Signature=**#access_token=*");
  CHECK(without_secrets("'https://a.org?sig=12' token=3") == "'https://a.org?sig=**' token=3");
  for (const char* plain :
       {"https://a.org/f?dl=1", "https://a.org/f?token=", "https://a.org/token=1",
        "https://a.org/?list-type=2&continuation-token=x", "https://a.org/f?next_page_token=x",
        "https://a.org/f?tokens=1", "https://a.org/f?rlkey=x&st=y&dl=1",
        "https://a.org/f?resourcekey=x", "https://a.org/f?id=x&confirm=t",
        "https://a.org/f?keys=x&monkey=y&passage=z"}) {
    CAPTURE(plain);
    CHECK_FALSE(has_url_secret(plain));
  }
}

TEST_CASE("a parameter's name may be written in many ways, and stand behind a semicolon") {
  for (const char* url :
       {"https://a.org/f?%74oken=abc", "https://a.org/f?hf_token=abc",
        "https://a.org/f?API-KEY=abc", "https://a.org/f?password[]=abc", "https://a.org/f?key=abc",
        "https://a.org/f?pass=abc", "https://a.org/f?hmac=abc", "https://a.org/f?db_pw=abc",
        "https://a.org/f?passwd=abc", "https://a.org/f?x-sas=abc", "https://a.org/f?secret_key=abc",
        "https://a.org/f?userCredentials=abc", "https://a.org/f?Authorization=abc",
        "https://a.org/f;jsessionid=abc", "https://a.org/f?se=1;sig=abc"}) {
    CAPTURE(url);
    CHECK(without_secrets(url) == std::string(url).substr(0, std::string(url).size() - 3) + "***");
  }
}

TEST_CASE("the token of a conda channel is hidden") {
  CHECK(without_secrets("https://conda.a.org/t/ab-12/channel/x.conda") ==
        "https://conda.a.org/t/*****/channel/x.conda");
  CHECK(without_secrets("see https://a.org/t/ab") == "see https://a.org/t/**");
  for (const char* plain :
       {"https://a.org/t/", "https://a.org/at/x", "https://a.org/x/t/y", "file:///t/x"}) {
    CAPTURE(plain);
    CHECK_FALSE(has_url_secret(plain));
  }
}

TEST_CASE("a password of another scheme is hidden, a user alone is none") {
  CHECK(without_secrets("ssh://git:pw@a.org/f") == "ssh://git:**@a.org/f");
  CHECK(without_secrets("ftp://me:pw@a.org/f") == "ftp://me:**@a.org/f");
}

TEST_CASE("quotes in the password of a text that is one URL are no end of it") {
  CHECK(without_secrets("https://me:p'w\"<@a.org/f") == "https://********@a.org/f");
  CHECK(without_secrets("https://a.org/=https://me:p'w@b.org/f") ==
        "https://a.org/=https://******@b.org/f");
  CHECK(without_secrets("{\"https://a.org\":\"me@b\"}") == "{\"https://a.org\":\"me@b\"}");
}

TEST_CASE("a typing error behind the scheme shows no password") {
  for (const char* begin :
       {"https:/", "https:", "https:///", "http:\\\\", "get HTTPS:/", "A=https:/"}) {
    CAPTURE(begin);
    CHECK(without_secrets(begin + std::string("me:pw@a.org/f?sig=x")) ==
          begin + std::string("*****@a.org/f?sig=*"));
  }
  CHECK(without_secrets("ssh:/git:pw@a.org/f") == "ssh:/git:**@a.org/f");
  for (const char* plain : {"https: a@b.org", "https:", "http:80", "x:a:b@c", "git@a.org:f",
                            "file:/a:b@c", "\"https\": \"a:b@c\"", "get,https,a:b@c"}) {
    CAPTURE(plain);
    CHECK_FALSE(has_url_secret(plain));
  }
}
