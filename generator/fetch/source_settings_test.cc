#include "fetch/source_settings.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "file/file.h"
#include "file/sealed.h"
#include "store/temporary.h"

using namespace mlpgen;
using namespace mlpgen::tool;

TEST_CASE("a word that is no mirror is an error with the form to type") {
  CHECK(expect_mirror("https://a.example/=file:///srv/")->url == "file:///srv/");
  CHECK(expect_mirror("https://a.example/").error().help == kMirrorForm);
  CHECK_FALSE(expect_mirror("=http://127.0.0.1/").ok());
}

TEST_CASE("the first mirror that fits is asked, and other schemes need one") {
  std::vector<Mirror> mirrors = {{"https://a.example/", "file:///srv/"},
                                 {"https://", "http://127.0.0.1/"},
                                 {"ssh://", "https://b.example/"}};
  CHECK(*asked_url("https://a.example/f", mirrors) == "file:///srv/f");
  CHECK(*asked_url("https://c.example/f", mirrors) == "http://127.0.0.1/c.example/f");
  CHECK(*asked_url("ssh://g/f", mirrors) == "https://b.example/g/f");
  CHECK(*asked_url("http://c.example/f", mirrors) == "http://c.example/f");
  CHECK_FALSE(asked_url("file:///etc/passwd", mirrors).ok());
  CHECK_FALSE(asked_url("git@a.example:f", mirrors).ok());
}

TEST_CASE("environment and file add to the command line, whose mirrors come first") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-settings-test"));
  std::string file = dir.path() + "/fetch.json";
  REQUIRE(write_file(file, sealed(R"({"format": 1, "mirrors": ["c=http://3/"], "offline": true})"))
              .ok());
  SourceSettings settings{{{"a", "http://1/"}}, false};
  setenv("MLPGEN_MIRROR", "b=http://2/  b2=http://22/", 1);
  CHECK(add_settings(settings, file).ok());
  unsetenv("MLPGEN_MIRROR");
  REQUIRE(settings.mirrors.size() == 4);
  CHECK(settings.mirrors[0].prefix == "a");
  CHECK(settings.mirrors[2].url == "http://22/");
  CHECK(settings.mirrors[3].prefix == "c");
  CHECK(settings.offline);
  CHECK(add_settings(settings, dir.path() + "/none").ok());
}

TEST_CASE("offline is asked for by the environment too, and damaged settings are told") {
  SourceSettings settings;
  setenv("MLPGEN_OFFLINE", "0", 1);
  CHECK(add_settings(settings, "").ok());
  CHECK_FALSE(settings.offline);
  setenv("MLPGEN_OFFLINE", "1", 1);
  CHECK(add_settings(settings, "").ok());
  CHECK(settings.offline);
  unsetenv("MLPGEN_OFFLINE");
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-settings-test"));
  for (const char* text : {"{", "[]", R"({"format": 2})", R"({"format": 1, "mirrors": [3]})"}) {
    CAPTURE(text);
    REQUIRE(write_file(dir.path() + "/f", text).ok());
    Status s = add_settings(settings, dir.path() + "/f");
    REQUIRE_FALSE(s.ok());
    CHECK(s.error().id == "bad-json");
  }
}
