#include "artifact/links.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/test_folder.h"
#include "file/file.h"

using namespace mlpgen;
namespace fs = std::filesystem;

namespace {

Step with_links(std::vector<StepLink> links) {
  Step s;
  s.name = "app/x";
  s.directory = "out/app/aaaaaaaaaaaa";
  s.links = std::move(links);
  return s;
}

// Why the links cannot be set, and that nothing was changed by the try.
std::string refused(const Step& s) {
  CHECK_FALSE(check_links(s).ok());
  Status status = repair_links(s);
  return status ? "" : status.error().message;
}

}  // namespace

TEST_CASE("links are relative and repaired") {
  TestFolder folder;
  folder.put("out/app/aaaaaaaaaaaa/d/x", "text");
  Step s = with_links({{"results/deep/x", "d/x"}, {"all", ""}, {"d", "d/"}});
  REQUIRE(repair_links(s).ok());
  CHECK(*read_file("results/deep/x") == "text");
  CHECK(*read_file("all/d/x") == "text");
  CHECK(fs::read_symlink("results/deep/x") == "../../out/app/aaaaaaaaaaaa/d/x");
  CHECK(fs::read_symlink("all") == "out/app/aaaaaaaaaaaa");
  CHECK(fs::read_symlink("d") == "out/app/aaaaaaaaaaaa/d");
  fs::remove("all");
  fs::create_symlink("out/app/bbbbbbbbbbbb", "all");  // of another request
  CHECK(look_at_link(s.links[1], s.directory) == LinkPlace::kOther);
  REQUIRE(repair_links(s).ok());
  CHECK(fs::read_symlink("all") == "out/app/aaaaaaaaaaaa");
  CHECK(look_at_link(s.links[1], s.directory) == LinkPlace::kRight);
}

TEST_CASE("what a person put in a link's place is kept: a file, a folder, a link") {
  TestFolder folder;
  folder.put("file", "mine");
  folder.put("folder/x", "mine");
  fs::create_symlink("elsewhere", "link");
  fs::create_symlink(folder.path() + "/out/app/aaaaaaaaaaaa", "absolute");
  for (const char* name : {"file", "folder", "link", "absolute"}) {
    Step s = with_links({{name, ""}});
    CHECK(refused(s).starts_with(std::string(name) + " is in the way"));
    CHECK(look_at_link(s.links[0], s.directory) == LinkPlace::kTaken);
  }
  CHECK(*read_file("file") == "mine");
  CHECK(*read_file("folder/x") == "mine");
  CHECK(fs::read_symlink("link") == "elsewhere");
}

TEST_CASE("no link is made through a folder that leads out of the run directory") {
  TestFolder folder;
  fs::create_directories("run/out/app/aaaaaaaaaaaa");
  fs::create_directories("disk");
  fs::current_path("run");
  fs::create_symlink("../disk", "results");
  folder.put("run/file", "mine");
  CHECK(refused(with_links({{"results/deep/x", "x"}}))
            .starts_with("results is in the way, a link that is not mlpgen's: the link "
                         "results/deep/x belongs below it"));
  CHECK(refused(with_links({{"file/x", "x"}})).starts_with("file is in the way: the link file/x"));
  CHECK(fs::is_empty("../disk"));
}
