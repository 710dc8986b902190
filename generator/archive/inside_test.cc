#include "archive/inside.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "file/file.h"
#include "store/temporary.h"

using namespace mlpgen;
using namespace mlpgen::tool;

TEST_CASE("names that leave a folder") {
  for (const char* inside : {"a", "a/b", "./a", "..a", "a..", "a/...", "."})
    CHECK(is_inside_name(inside));
  for (const char* outside : {"", "/a", "..", "../a", "a/../b", "a/.."})
    CHECK_FALSE(is_inside_name(outside));
  CHECK_FALSE(is_inside_name(std::string("a\0b", 3)));
}

TEST_CASE("links are followed step by step, also those that point to nothing") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-inside-test"));
  REQUIRE(make_directories(dir.path() + "/d/e").ok());
  auto leads_inside = [&](const std::string& name, const char* target) {
    std::filesystem::create_symlink(target, dir.path() + "/" + name);
    return stays_inside(dir.path(), name);
  };
  CHECK(leads_inside("here", "."));
  CHECK(leads_inside("d/up", "../nothing/there"));
  CHECK(leads_inside("d/e/through", "../up/x"));
  CHECK_FALSE(leads_inside("d/out", "../.."));
  CHECK_FALSE(leads_inside("d/e/dangling", "../../../nothing"));
  CHECK_FALSE(leads_inside("absolute", "/etc"));
  CHECK_FALSE(leads_inside("by-link", "here/.."));
  CHECK_FALSE(leads_inside("circle", "circle"));
  CHECK_FALSE(leads_inside("further", "d/out/x"));
}
