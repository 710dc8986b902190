#include "tool/access_header.h"

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
  setenv("MLPGEN_HEADER", "https://a.org/x=1/=cf-access-token: t=1\nhttps://b.org/=Authorization: Basic YQ==", 1);
  CHECK(access_header("https://a.org/x=1/f") == "cf-access-token: t=1");
  CHECK(access_header("https://b.org/f") == "Authorization: Basic YQ==");
  CHECK(access_header("https://c.org/f") == "");
  unsetenv("MLPGEN_HEADER");
}
