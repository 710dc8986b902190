#include <doctest/doctest.h>

#include <atomic>

#include "list/list_keeper.h"
#include "list/list_manifest.h"
#include "list/list_names.h"

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
    CHECK(list.error().id == "bad-file-name");
  }
  CHECK(names_of("a\nb\na", "l").error().id == "name-taken");
  CHECK(names_of("a\na/b", "l").error().id == "name-taken");
  CHECK(names_of("\n \n", "l").error().id == "not-found");
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

TEST_CASE("what is to be kept is done when wait returns, by several threads") {
  std::atomic<int> done{0}, at_once{0}, most{0};
  ListKeeper keeper(4);
  for (int i = 0; i < 200; ++i)
    keeper.add([&] {
      int now = ++at_once;
      for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      --at_once;
      ++done;
      return Status(Done{});
    });
  CHECK(keeper.wait().ok());
  CHECK(done == 200);
  CHECK(most > 1);
  CHECK(most <= 4);
}

TEST_CASE("after an error nothing more is begun, and the error is told") {
  std::atomic<int> later{0};
  ListKeeper keeper(1);
  keeper.add([] { return Status(Error{"the disk is full", ""}); });
  CHECK(keeper.wait().error().message == "the disk is full");
  for (int i = 0; i < 200; ++i)
    keeper.add([&] {
      ++later;
      return Status(Done{});
    });
  CHECK_FALSE(keeper.wait().ok());
  CHECK(later == 0);
}
