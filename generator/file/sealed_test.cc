#include "file/sealed.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace mlpgen;

TEST_CASE("a sealed file is JSON with one more member") {
  std::string text = sealed(nlohmann::json{{"format", 1}, {"files", {{"a", 2}}}}.dump(1) + "\n");
  CHECK(is_sealed(text));
  auto j = nlohmann::json::parse(text);
  CHECK(j.at("format") == 1);
  CHECK(j.at("files").at("a") == 2);
  CHECK(j.at("digest").get<std::string>().size() == 64);
}

TEST_CASE("no bit of it can change unnoticed, and no byte be lost") {
  const std::string text = sealed("{\"format\":1}\n");
  for (size_t i = 0; i < text.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = text;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      CHECK_FALSE(is_sealed(flipped));
    }
  for (size_t n = 0; n < text.size(); ++n) CHECK_FALSE(is_sealed(text.substr(0, n)));
  CHECK_FALSE(is_sealed(text + " "));
  CHECK_FALSE(is_sealed("{\"format\":1}\n"));
}

TEST_CASE("a line of a plan keeps its beginning, and no bit of it can change unnoticed") {
  const std::string body = "{\"identity\":\"ab\",\"name\":\"x/y\"", line = body + line_seal(body);
  CHECK(nlohmann::json::parse(line).at("name") == "x/y");
  CHECK(is_sealed_line(line));
  for (size_t i = 0; i < line.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = line;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      CHECK_FALSE(is_sealed_line(flipped));
    }
  CHECK_FALSE(is_sealed_line(body + "}"));
  CHECK_FALSE(is_sealed_line(""));
}
