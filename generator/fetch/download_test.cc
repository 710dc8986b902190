#include "fetch/download.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "file/digest.h"
#include "file/file.h"
#include "store/temporary.h"

using namespace mlpgen;
using namespace mlpgen::tool;

TEST_CASE("mirrors change where bytes come from; a file is only a mirror") {
  FetchRequest request;
  request.urls = {"https://a.example/d/f", "http://b.example/f"};
  request.settings.mirrors = {{"https://a.example/", "file:///srv/"}};
  std::vector<AskedUrl> urls = *asked_urls(request);
  REQUIRE(urls.size() == 2);
  CHECK(urls[0].asked == "file:///srv/d/f");
  CHECK(urls[0].recipe == "https://a.example/d/f");
  CHECK(urls[1].asked == "http://b.example/f");
  request.settings.offline = true;  // a file opens no socket
  REQUIRE(asked_urls(request)->size() == 1);
  CHECK((*asked_urls(request))[0].asked == "file:///srv/d/f");
  request.urls = {"file:///etc/passwd"};
  CHECK(asked_urls(request).error().id == "bad-url");
  request.urls = {};
  CHECK_FALSE(asked_urls(request).ok());
}

TEST_CASE("a fetch from a file mirror is verified, stored and noted with the URL of the recipe") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-download-test"));
  Store store = *Store::open(dir.path() + "/store");
  std::string bytes(300'000, 'm');
  REQUIRE(write_file(dir.path() + "/f.bin", bytes).ok());
  FetchRequest request;
  request.urls = {"https://a.example/f.bin"};
  request.settings.mirrors = {{"https://a.example/", "file://" + dir.path() + "/"}};
  request.sha256 = sha256(bytes);
  request.size = bytes.size();
  request.file_name = "model.bin";
  Result<Object> object = fetch_file(store, request);
  REQUIRE(object.ok());
  CHECK(object->from == "https://a.example/f.bin");
  CHECK(*read_file(object->path) == bytes);
  request.sha256 = sha256("other");
  Result<Object> wrong = fetch_file(store, request);
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().id == "digest-differs");
  CHECK(std::filesystem::is_empty(store.root() + "/partial"));
  request.size = 7;
  CHECK(fetch_file(store, request).error().id == "size-differs");
}
