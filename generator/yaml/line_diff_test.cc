#include "yaml/line_diff.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("a change is shown with three lines around it") {
  CHECK(line_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "f", "new") ==
        "--- f\n+++ f (new)\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(line_diff("a\n", "a\n", "f", "new").empty());
  CHECK(line_diff("", "a\n", "f", "new") == "--- f\n+++ f (new)\n@@ -0,0 +1,1 @@\n+a\n");
}

TEST_CASE("changes far from each other are two hunks, near ones one") {
  std::string text, far, near;
  for (int i = 0; i < 30; ++i) {
    std::string line = std::to_string(i) + "\n";
    text += line;
    far += i == 3 || i == 25 ? "x\n" : line;
    near += i == 3 || i == 9 ? "x\n" : line;
  }
  auto hunks = [](const std::string& diff) {
    size_t count = 0;
    for (size_t at = diff.find("@@ -"); at != std::string::npos; at = diff.find("@@ -", at + 1))
      ++count;
    return count;
  };
  CHECK(hunks(line_diff(text, far, "f", "new")) == 2);
  CHECK(hunks(line_diff(text, near, "f", "new")) == 1);
}
