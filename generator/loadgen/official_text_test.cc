#include "loadgen/official_text.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace mlpgen::submission;

namespace {
// The text of a file with these bytes, or the error's message.
std::string read(const std::string& bytes) {
  std::string path =
      std::filesystem::temp_directory_path() / ("official_text_test." + std::to_string(getpid()));
  std::ofstream(path, std::ios::binary) << bytes;
  auto text = read_official_text(path);
  std::filesystem::remove(path);
  return text ? *text : text.error().message.substr(path.size());
}
}  // namespace

TEST_CASE("CR LF, a lone CR and LF each end a line") {
  CHECK(universal_newlines("a\r\nb\rc\n\r\r\nd\r") == "a\nb\nc\n\n\nd\n");
  CHECK(read("mAP=1%\r\nhash=12ab\r\n") == "mAP=1%\nhash=12ab\n");
}

TEST_CASE("a byte that is not UTF-8 is an error with its place, as Python's decoder has it") {
  std::string said = ": this byte is not UTF-8; the official tools end in a traceback here";
  CHECK(read("a\nfa\xE7"
             "ade\n") == ":2:3" + said);
  for (const char* wrong : {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80", "\xC3", "\xE2\x82"})
    CHECK(read(wrong) == ":1:1" + said);
  for (const char* right : {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBB\xBF{}"})
    CHECK(read(right) == right);
}

TEST_CASE("a byte order mark is refused in JSON alone") {
  CHECK(json_text_fault("{}").empty());
  CHECK_FALSE(json_text_fault("\xEF\xBB\xBF{}").empty());
}

TEST_CASE("characters are counted, not bytes") {
  CHECK(first_characters("a\xC3\xA9z", 2) == "a\xC3\xA9");
  CHECK(first_characters("ab", 5) == "ab");
}
