#include "tool/download.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "store/temporary.h"

using namespace mlpgen;
using namespace mlpgen::tool;

TEST_CASE("a mirror is split at the '=' before its URL") {
  Result<Mirror> mirror = read_mirror("https://a.example/x?y=1=http://127.0.0.1:8/z/");
  REQUIRE(mirror.ok());
  CHECK(mirror->prefix == "https://a.example/x?y=1");
  CHECK(mirror->url == "http://127.0.0.1:8/z/");
  CHECK(read_mirror("https://a.example/=file:///srv/")->url == "file:///srv/");
  CHECK_FALSE(read_mirror("https://a.example/").ok());
  CHECK_FALSE(read_mirror("=http://127.0.0.1/").ok());
}

TEST_CASE("mirrors change where bytes come from; a file is only a mirror") {
  FetchRequest request;
  request.urls = {"https://a.example/d/f", "http://b.example/f"};
  request.mirrors = {{"https://a.example/", "file:///srv/"}};
  CHECK(*asked_urls(request) == std::vector<std::string>{"file:///srv/d/f", "http://b.example/f"});
  request.urls = {"file:///etc/passwd"};
  CHECK(asked_urls(request).error().message.find("[bad-url]") != std::string::npos);
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
  request.mirrors = {{"https://a.example/", "file://" + dir.path() + "/"}};
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
  CHECK(wrong.error().message.find("[digest-differs]") != std::string::npos);
  CHECK(std::filesystem::is_empty(store.root() + "/partial"));
  request.size = 7;
  CHECK(fetch_file(store, request).error().message.find("[size-differs]") != std::string::npos);
}
