#include "file/mirror.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

std::string read(const std::string& word) {
  std::optional<Mirror> mirror = read_mirror(word);
  return mirror ? mirror->prefix + " at " + mirror->url : "none";
}

}  // namespace

TEST_CASE("a mirror is a prefix and a URL of a scheme that can be fetched") {
  CHECK(read("https://a.org/=http://localhost:8000/a/") ==
        "https://a.org/ at http://localhost:8000/a/");
  CHECK(read("https://a.org/=file:///srv/a/") == "https://a.org/ at file:///srv/a/");
  CHECK(read("https://a.org/=ftp://b/") == "none");
  CHECK(read("https://a.org/=file:srv") == "none");
  CHECK(read("https://a.org/") == "none");
  CHECK(read("=http://b/") == "none");
  CHECK(read("") == "none");
}

TEST_CASE("the last URL of the word is the mirror's, whatever the prefix holds") {
  CHECK(read("https://a.org/?u=http://b/=https://c/") ==
        "https://a.org/?u=http://b/ at https://c/");
  CHECK(read("https://a.org/?u=https://b/=http://c/") ==
        "https://a.org/?u=https://b/ at http://c/");
}

TEST_CASE("the first mirror that fits is asked, for the rest of the URL") {
  std::vector<Mirror> mirrors = {{"https://a.org/x/", "http://one/"},
                                 {"https://a.org/", "http://two/"}};
  CHECK(mirrored("https://a.org/x/f?a=b", mirrors) == "http://one/f?a=b");
  CHECK(mirrored("https://a.org/y", mirrors) == "http://two/y");
  CHECK(!mirrored("https://b.org/y", mirrors));
}
