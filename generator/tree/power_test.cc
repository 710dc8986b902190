#include "tree/power.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "file/file.h"

namespace mlpgen::submission {
namespace {

struct Folder {
  std::string path = "power_test." + std::to_string(getpid());
  Folder() { std::filesystem::create_directory(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  void write(const std::string& text) const { REQUIRE(write_file(path + "/server.json", text)); }
};

std::string answer(const std::string& identity) {
  return R"({"ptd_messages": [{"cmd": "Hello", "reply": "Hello, PTDaemon here!"},
             {"cmd": "Identify", "reply": ")" +
         identity + "\"}]}";
}

}  // namespace

TEST_CASE("power is simulated if the analyser says so, and unknown without power files") {
  Folder f;
  CHECK(*is_simulated_power(f.path) == std::nullopt);
  f.write(answer("YokogawaWT310,1,version=1.11.1-462c978e-20240907"));
  CHECK(*is_simulated_power(f.path) == false);
  f.write(answer("YokogawaWT310,1,version=1.11.1-simulated-00000000"));
  CHECK(*is_simulated_power(f.path) == true);
}

TEST_CASE("a server.json without an analyser is an error") {
  Folder f;
  for (const char* text : {"", "[]", "{}", R"({"ptd_messages": 3})", R"({"ptd_messages": [1]})",
                           R"({"ptd_messages": [{"cmd": "Identify"}]})"}) {
    f.write(text);
    CHECK_FALSE(is_simulated_power(f.path).ok());
  }
}

TEST_CASE("a tree has the power files only where the run has them") {
  Folder f;
  ResultPlace place{Layout::kSplit, "open", "acme", "box", "retinanet", "Offline"};
  CHECK(power_files(place, f.path).empty());
  std::filesystem::create_directory(f.path + "/power");
  std::vector<PowerFile> files = power_files(place, f.path);
  REQUIRE(files.size() == 11);
  CHECK(files[0].to == "open/acme/results/box/retinanet/Offline/performance/power/client.json");
  CHECK(files[10].to == "open/acme/measurements/box/retinanet/Offline/power_settings.md");
}

}  // namespace mlpgen::submission
