#include <doctest/doctest.h>

#include "tool/list_manifest.h"
#include "tool/list_names.h"

using namespace mlpgen;
using namespace mlpgen::tool;

TEST_CASE("names are sorted, and the list is known by them alone") {
  Result<NameList> one = names_of("b.jpg\n a/c.jpg\r\n\n", "l");
  Result<NameList> two = names_of("a/c.jpg\nb.jpg", "l");
  REQUIRE(one.ok());
  CHECK(one->names == std::vector<std::string>{"a/c.jpg", "b.jpg"});
  CHECK(one->sha256 == two->sha256);
  CHECK(one->sha256 != names_of("a/c.jpg\nb.jp\ng", "l")->sha256);
}

TEST_CASE("names that leave their folder, are hidden or stand twice are refused") {
  for (const char* bad :
       {"../a", "a/../b", "/etc/passwd", "a//b", "a/", "./a", "a/.b", "a\tb", "\x7f"}) {
    Result<NameList> list = names_of(std::string("x\n") + bad, "l");
    REQUIRE_FALSE(list.ok());
    CHECK(list.error().message.ends_with("[bad-file-name]"));
  }
  CHECK(names_of("a\nb\na", "l").error().message.ends_with("[name-taken]"));
  CHECK(names_of("a\na/b", "l").error().message.ends_with("[name-taken]"));
  CHECK(names_of("\n \n", "l").error().message.ends_with("[not-found]"));
}

TEST_CASE("a name in a URL cannot become a query, a fragment or an escape") {
  CHECK(url_part("a/b-1_2.jpg") == "a/b-1_2.jpg");
  CHECK(url_part("a b?c#d%2e&\xc3\xa9") == "a%20b%3Fc%23d%252e%26%C3%A9");
}

TEST_CASE("a manifest is read as it was written") {
  std::vector<ListedFile> files = {{"a", 3, std::string(64, 'a')},
                                   {"b/c", 4, std::string(64, 'b')}};
  std::string text = manifest_text(files);
  Result<std::vector<ListedFile>> read = read_manifest(text, "m");
  REQUIRE(read.ok());
  CHECK(manifest_text(*read) == text);
  CHECK(text.find("\"bytes\": 7") != text.npos);
  CHECK_FALSE(read_manifest("{}", "m").ok());
  const char* no_digest = R"({"format": 1, "files": [{"name": "a", "size": 1, "sha256": "x"}]})";
  CHECK_FALSE(read_manifest(no_digest, "m").ok());
}
