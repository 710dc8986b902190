#include "fetch/access_header.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace mlpgen::tool;

TEST_CASE("a token goes to its own host and to no other") {
  unsetenv("HF_ENDPOINT");
  unsetenv("MLPGEN_HEADER");
  setenv("HF_TOKEN", "secret", 1);
  CHECK(access_header("https://huggingface.co/a/b") == "Authorization: Bearer secret");
  CHECK(access_header("https://huggingface.co.example.org/a") == "");
  CHECK(access_header("http://127.0.0.1:1/a") == "");
  setenv("HF_ENDPOINT", "http://127.0.0.1:1/", 1);
  CHECK(access_header("http://127.0.0.1:1/a") == "Authorization: Bearer secret");
  CHECK(access_header("https://huggingface.co/a/b") == "");
  unsetenv("HF_ENDPOINT");
  unsetenv("HF_TOKEN");
}

TEST_CASE("a header of the user's goes where its prefix says") {
  setenv("MLPGEN_HEADER",
         "https://a.org/x=1/=cf-access-token: t=1\nhttps://b.org/=Authorization: Basic YQ==", 1);
  CHECK(access_header("https://a.org/x=1/f") == "cf-access-token: t=1");
  CHECK(access_header("https://b.org/f") == "Authorization: Basic YQ==");
  CHECK(access_header("https://c.org/f") == "");
  unsetenv("MLPGEN_HEADER");
}

TEST_CASE("a header goes to no other host or port, also without a slash at the prefix's end") {
  unsetenv("HF_TOKEN");
  setenv("MLPGEN_HEADER", "https://a.org=X: 1\nhttp://127.0.0.1:80=X: 2\nhttp://b.org/data=X: 3",
         1);
  CHECK(access_header("https://a.org") == "X: 1");
  CHECK(access_header("https://a.org/f") == "X: 1");
  CHECK(access_header("https://A.org:443/f") == "X: 1");
  CHECK(access_header("http://127.0.0.1/f") == "X: 2");
  CHECK(access_header("http://b.org/data/f") == "X: 3");
  for (const char* other :
       {"https://a.org.evil.org/f", "https://a.organ/f", "https://a.org:8443/f", "http://a.org/f",
        "https://a.org@evil.org/f", "https://a.org:x@evil.org/f", "http://127.0.0.1:8080/f",
        "http://127.0.0.1.evil.org/", "http://b.org/other/f", "http://b.org/data/../other/f",
        "https://evil.org/https://a.org/", "a.org"}) {
    CAPTURE(other);
    CHECK(access_header(other) == "");
  }
  unsetenv("MLPGEN_HEADER");
}
