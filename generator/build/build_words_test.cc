// Commands of a build, word by word.
#include "build/build_words.h"

#include <doctest/doctest.h>

namespace mlpgen::tool {
namespace {

const BuildPlaces kPlaces{"/o/.build/source", "/o/.build/build", "/o/.build/stage", 3};

std::string filled(const char* word) { return fill_places(word, kPlaces, "/run"); }

}  // namespace

TEST_CASE("two dashes stand between two commands") {
  auto commands = split_commands({"cmake", "-S", "--", "ninja"});
  REQUIRE(commands);
  CHECK(*commands == std::vector<std::vector<std::string>>{{"cmake", "-S"}, {"ninja"}});
}

TEST_CASE("a command without a program is refused") {
  CHECK_FALSE(split_commands({}));
  CHECK_FALSE(split_commands({"make", "--"}));
  CHECK_FALSE(split_commands({"--", "make"}));
  CHECK_FALSE(split_commands({"", "make"}));
}

TEST_CASE("places are filled in wherever they stand") {
  CHECK(filled("-S@source@/llvm") == "-S/o/.build/source/llvm");
  CHECK(filled("@build@") == "/o/.build/build");
  CHECK(filled("DESTDIR=@stage@") == "DESTDIR=/o/.build/stage");
  CHECK(filled("@install@") == "/o/.build/stage/mlpgen/install");
  CHECK(filled("-j@jobs@") == "-j3");
}

TEST_CASE("a path becomes absolute, and an absolute one stays") {
  CHECK(filled("-DA=@absolute:out/a/1@;@absolute:/usr/lib@") == "-DA=/run/out/a/1;/usr/lib");
  CHECK(filled("@absolute:./out/a@") == "/run/out/a");
}

TEST_CASE("a list with colons becomes one of CMake's") {
  CHECK(filled("-DR=@list:libcxx:libcxxabi@") == "-DR=libcxx;libcxxabi");
  CHECK(filled("-DR=@list:@") == "-DR=");
}

TEST_CASE("what is no place stays as it is") {
  CHECK(filled("@VERSION@") == "@VERSION@");
  CHECK(filled("@absolute:open") == "@absolute:open");
}

}  // namespace mlpgen::tool
