#include "artifact/done_file.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"

using namespace mlpgen;

namespace {

DoneFile sample() {
  DoneFile d;
  d.identity = std::string(64, 'a');
  d.outputs.push_back({"x\n%0a y", false, "d1", {1, -2, 3}, {}});
  d.outputs.push_back(
      {"images/", true, "tree", {}, {{"1.jpg", "d2", {4, 5, 6}}, {"sub/2.jpg", "d3", {7, 8, 9}}}});
  d.inputs.push_back({"src dir", true, "t2", {}, {}});
  return d;
}

}  // namespace

TEST_CASE("what is written is read back, also names with spaces, newlines and percent signs") {
  Result<DoneFile> back = parse_done(to_text(sample()));
  REQUIRE(back.ok());
  CHECK(to_text(*back) == to_text(sample()));
  CHECK(back->output("x\n%0a y")->stamp == FileStamp{1, -2, 3});
  CHECK(back->output("images/")->files[1].digest == "d3");
  CHECK(back->input("src dir")->folder);
  CHECK(back->output("y") == nullptr);
}

TEST_CASE("a .done that was cut at any byte is damaged, never shorter") {
  std::string text = to_text(sample());
  for (size_t size = 0; size < text.size(); ++size)
    CHECK_FALSE(parse_done(text.substr(0, size)).ok());
  CHECK_FALSE(parse_done("mlpgen-done 1\nend\n").ok());
}

TEST_CASE("a .done with another byte anywhere is damaged, never another one") {
  const std::string text = to_text(sample());
  for (size_t at = 0; at < text.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = text;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      CHECK_FALSE(parse_done(flipped).ok());
    }
}

TEST_CASE("what is known of a part of an artifact, or of the whole of it") {
  DoneFile d = sample();
  CHECK(d.known_under("images/1.jpg").digest == "d2");
  PathNote sub = d.known_under("images/sub");
  REQUIRE(sub.files.size() == 1);
  CHECK(sub.files[0].name == "2.jpg");
  CHECK(d.known_under("images/").digest == "tree");
  CHECK(d.known_under("").files.size() == 3);
  CHECK(d.known_under("other").digest == "");
}

TEST_CASE("a rewritten .done keeps its mtime where Ninja must not see it") {
  TestFolder folder;
  REQUIRE(write_done(".", sample(), false).ok());
  FileStamp before = *stamp_of(".done");
  usleep(20'000);
  REQUIRE(write_done(".", sample(), true).ok());
  CHECK(stamp_of(".done")->mtime_ns == before.mtime_ns);
  REQUIRE(write_done(".", sample(), false).ok());
  CHECK(stamp_of(".done")->mtime_ns != before.mtime_ns);
}
