#include "text/bad_byte.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

std::string bad_in(std::string_view text, LineBreaks line_breaks = LineBreaks::kRefused) {
  std::optional<BadByte> bad = find_bad_byte(text, line_breaks);
  return bad ? std::to_string(bad->at) + ": " + bad->what : "";
}

}  // namespace

TEST_CASE("text of every script is good") {
  CHECK(bad_in("plain ~ ASCII") == "");
  CHECK(bad_in("Zürich, 東京, 🙂, \u00a0, \U0010ffff") == "");
}

TEST_CASE("every control byte is bad, and a line break only where a value is of one line") {
  for (char c = 0; c < 0x20; ++c) {
    bool line = c == '\n' || c == '\t' || c == '\r';
    CHECK(bad_in(std::string("a") + c).starts_with("1: the control byte "));
    CHECK((bad_in(std::string("a") + c, LineBreaks::kAllowed) == "") == line);
  }
  CHECK(bad_in("\x7f") == "0: the control byte 7f");
  CHECK(bad_in("a\u0085") == "1: the control character U+0085");
  CHECK(bad_in(std::string_view("a\0b", 3)) == "1: the control byte 00");
}

TEST_CASE("what is not UTF-8 is bad at its first byte") {
  CHECK(bad_in("a\xff") == "1: the byte ff, which is not UTF-8");
  for (const char* bad : {"\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                          "\xf4\x90\x80\x80", "\xe2\x82", "\x80", "\xf5\x80\x80\x80"})
    CHECK(bad_in(bad).find("not UTF-8") != std::string::npos);
}

TEST_CASE("a bad byte is found wherever it stands among plain ones") {
  for (size_t at = 0; at < 40; ++at)
    for (const char* bad : {"\x01", "\x1f", "\x7f", "\x80", "\xff"}) {
      std::string text(40, at % 2 ? '~' : ' ');
      text[at] = bad[0];
      REQUIRE(find_bad_byte(text));
      CHECK(find_bad_byte(text)->at == at);
    }
  CHECK(bad_in(std::string(100, ' ') + "\u00e4" + std::string(100, '~')) == "");
}

TEST_CASE("a terminal is shown a question mark for each of them") {
  CHECK(printable("a\x1b[31mb\xff\u009bc") == "a?[31mb??c");
}
