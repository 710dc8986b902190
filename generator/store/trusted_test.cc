#include "store/trusted.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "file/digest.h"
#include "file/file.h"
#include "store/temporary.h"

using namespace mlpgen;

TEST_CASE("a record of first use is read as it was written, for its URL and MD5 only") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-trusted-test"));
  std::string folder = dir.path() + "/trusted", md5(32, 'a');
  TrustedFile file{"https://a.example/f", md5, "f", sha256("bytes"), 5, "2026-11-22T02:08:00Z"};
  REQUIRE(write_trusted(folder, file).ok());
  std::optional<TrustedFile> read = read_trusted(folder, file.url, md5);
  REQUIRE(read.has_value());
  CHECK(read->sha256 == file.sha256);
  CHECK(read->size == 5);
  CHECK(read->file_name == "f");
  CHECK(read->when == file.when);
  CHECK_FALSE(read_trusted(folder, file.url, "").has_value());
  CHECK_FALSE(read_trusted(folder, "https://a.example/g", md5).has_value());
}

TEST_CASE("a damaged record is none") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-trusted-test"));
  for (const char* text : {"", "{", "[]", R"({"format": 1, "url": "u", "sha256": "x"})"}) {
    REQUIRE(write_file(trusted_path(dir.path(), "u", ""), text).ok());
    CHECK_FALSE(read_trusted(dir.path(), "u", "").has_value());
  }
}
