#include "git/git_tree.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "file/file.h"
#include "store/temporary.h"

using namespace mlpgen;
using namespace mlpgen::tool;

namespace {

const std::string kHello =
    "ce013625030ba8dba906f756967f9e9ca394464a";  // git hash-object of "hello\n"

std::string zero_ended(std::initializer_list<std::string> parts) {
  std::string all;
  for (const std::string& part : parts) all += part + '\0';
  return all;
}

}  // namespace

TEST_CASE("the list of a tree knows files, links and submodules, whatever their names") {
  std::vector<TreeEntry> list = read_tree_list(
      zero_ended({"100644 blob " + kHello + "\ta b", "120000 blob " + kHello + "\tl\nk",
                  "160000 commit " + kHello + "\tsub/m"}) +
      "\n");
  REQUIRE(list.size() == 3);
  CHECK(list[0].path == "a b");
  CHECK(list[0].id == kHello);
  CHECK(list[1].kind == TreeEntry::Kind::kLink);
  CHECK(list[1].path == "l\nk");
  CHECK(list[2].kind == TreeEntry::Kind::kSubmodule);
}

TEST_CASE("files are compared with the ids that git gives them") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-git-tree-test"));
  REQUIRE(write_file(dir.path() + "/f", "hello\n").ok());
  std::filesystem::create_symlink("hello\n", dir.path() + "/l");
  std::vector<TreeEntry> list = {{TreeEntry::Kind::kFile, kHello, "f"},
                                 {TreeEntry::Kind::kLink, kHello, "l"}};
  CHECK(has_bytes_of(list, dir.path()));
  REQUIRE(write_file(dir.path() + "/f", "hello!").ok());
  CHECK_FALSE(has_bytes_of(list, dir.path()));
  REQUIRE(write_file(dir.path() + "/f", "hello\n").ok());
  list.push_back({TreeEntry::Kind::kFile, kHello, "missing"});
  CHECK_FALSE(has_bytes_of(list, dir.path()));
}

TEST_CASE("a link in the place of a file is another tree") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-git-tree-test"));
  REQUIRE(write_file(dir.path() + "/g", "hello\n").ok());
  std::filesystem::create_symlink("g", dir.path() + "/f");
  CHECK_FALSE(has_bytes_of({{TreeEntry::Kind::kFile, kHello, "f"}}, dir.path()));
}

TEST_CASE("submodules are read with their paths and URLs, and a name without both is none") {
  std::vector<Submodule> all = read_submodules(
      zero_ended({"submodule.third_party/a.b.path\nthird_party/a",
                  "submodule.third_party/a.b.url\n../a.git", "submodule.c.path\nc"}));
  REQUIRE(all.size() == 1);
  CHECK(all[0].path == "third_party/a");
  CHECK(all[0].url == "../a.git");
}

TEST_CASE("a relative URL is seen from the repository that has it, and never goes above the host") {
  CHECK(absolute_url("../b.git", "https://h.example/o/a.git/") == "https://h.example/o/b.git");
  CHECK(absolute_url("./b", "https://h.example/o/a") == "https://h.example/o/a/b");
  CHECK(absolute_url("../../p/b", "https://h.example/o/a") == "https://h.example/p/b");
  CHECK(absolute_url("../../../../b", "https://h.example/o/a") == "https://h.example/../../b");
  CHECK(absolute_url("https://x.example/y", "https://h.example/o/a") == "https://x.example/y");
}
