#include "host/host.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "file/file.h"

using namespace mlpgen;

TEST_CASE("the facts name this machine") {
  auto f = *read_facts();
  CHECK_FALSE(f["cpu_model"].empty());
  CHECK(std::stoi(f["cpu_count"]) >= 1);
  CHECK(std::stoi(f["memory_gib"]) >= 1);
  CHECK_FALSE(f["kernel"].empty());
  for (const auto& [name, value] : f)
    CHECK(std::binary_search(fact_names().begin(), fact_names().end(), name));
}

TEST_CASE("the first tool that fits is taken, an older one is named, and the answer is kept") {
  namespace fs = std::filesystem;
  std::string dir = fs::temp_directory_path() / ("mlpgen-host-" + std::to_string(getpid()));
  fs::create_directories(dir + "/a");
  fs::create_directories(dir + "/b");
  auto tool = [&](const std::string& where, const std::string& version) {
    std::ofstream(dir + where) << "#!/bin/sh\necho tool version " << version << "\necho x >> "
                               << dir << "/calls\n";
    fs::permissions(dir + where, fs::perms::owner_all);
  };
  tool("/a/tool", "1.9");
  tool("/b/tool", "1.10");
  ToolQuery q{{"tool"}, {"--version"}, "version ([0-9.]+)", {}, {}};
  for (int round = 0; round < 2; ++round) {
    Host host(dir + "/host.json", dir + "/a:" + dir + "/b");
    std::vector<std::string> refused;
    auto found = host.find(
        q, [](const Tool& t) { return t.version == "1.10"; }, refused);
    REQUIRE(found);
    CHECK(found->path == dir + "/b/tool");
    CHECK(refused == std::vector<std::string>{dir + "/a/tool is 1.9"});
    host.save();
  }
  CHECK(*read_file(dir + "/calls") == "x\nx\n");
  fs::remove_all(dir);
}

TEST_CASE("a program that tells devices is asked again when there are others") {
  namespace fs = std::filesystem;
  std::string dir = fs::temp_directory_path() / ("mlpgen-devices-" + std::to_string(getpid()));
  fs::create_directories(dir + "/devices/0");
  std::ofstream(dir + "/smi") << "#!/bin/sh\nls " << dir << "/devices | wc -l\n";
  fs::permissions(dir + "/smi", fs::perms::owner_all);
  auto count = [&](std::vector<std::string> watch) {
    Host host(dir + "/host.json", dir);
    std::vector<std::string> refused;
    auto found = host.find(
        {{"smi"}, {"-q"}, "([0-9]+)", {}, {}, watch}, [](const Tool&) { return true; }, refused);
    host.save();
    return found ? found->version : "";
  };
  CHECK(count({dir + "/devices"}) == "1");
  CHECK(count({}) == "1");
  fs::create_directories(dir + "/devices/1");
  CHECK(count({dir + "/devices"}) == "2");
  CHECK(count({}) == "1");
  fs::remove_all(dir);
}

TEST_CASE("a damaged cache is no error: the tools are asked again") {
  namespace fs = std::filesystem;
  std::string file = fs::temp_directory_path() / ("mlpgen-host-cache-" + std::to_string(getpid()));
  for (const char* text : {"", "{", "[]", "{\"format\": 1}", "{\"format\": \"x\"}",
                           "{\"format\": 1, \"tools\": {\"k\": 3}}"}) {
    CAPTURE(std::string(text));
    std::ofstream(file) << text;
    Host host(file, "/usr/bin:/bin");
    std::vector<std::string> refused;
    CHECK(host.find(
        {{"sh"}, {}, "", {}, {}}, [](const Tool&) { return true; }, refused));
  }
  fs::remove(file);
}

TEST_CASE("a FIFO or a device in the place of a probed file or program does not answer") {
  namespace fs = std::filesystem;
  std::string dir = fs::temp_directory_path() / ("mlpgen-fifos-" + std::to_string(getpid()));
  fs::create_directories(dir);
  REQUIRE(mkfifo((dir + "/tool").c_str(), 0777) == 0);
  auto asked = [&](const ToolQuery& q) {
    Host host("", dir);
    std::vector<std::string> refused;
    CHECK_FALSE(host.find(
        q, [](const Tool&) { return true; }, refused));
    return host.mute();
  };
  const std::string mute = " was found, but its version could not be read";
  CHECK(asked({{}, {}, "([0-9]+)", {}, {dir + "/tool", "/dev/zero"}}) ==
        std::vector<std::string>{dir + "/tool" + mute, "/dev/zero" + mute});
  CHECK(asked({{"tool"}, {"--version"}, "([0-9]+)", {}, {}}) ==
        std::vector<std::string>{dir + "/tool" + mute});
  CHECK(asked({{"tool"}, {}, "", {"--path"}, {}}) ==
        std::vector<std::string>{dir + "/tool" + mute});
  CHECK(asked({{"tool"}, {}, "", {}, {}}) ==
        std::vector<std::string>{dir + "/tool" + mute});  // nothing is asked: its digest is
  fs::remove_all(dir);
}

TEST_CASE("no flipped bit of the cache gives another tool") {
  namespace fs = std::filesystem;
  std::string dir = fs::temp_directory_path() / ("mlpgen-host-flip-" + std::to_string(getpid())),
              cache = dir + "/host.json";
  fs::create_directories(dir);
  std::ofstream(dir + "/tool") << "#!/bin/sh\necho 1.5\n";
  fs::permissions(dir + "/tool", fs::perms::owner_all);
  auto version = [&] {
    Host host(cache, dir);
    std::vector<std::string> refused;
    auto found = host.find(
        {{"tool"}, {"-v"}, "([0-9.]+)", {}, {}}, [](const Tool&) { return true; }, refused);
    host.save();
    return found ? found->version : "";
  };
  CHECK(version() == "1.5");
  const std::string text = *read_file(cache);
  size_t at = text.rfind("1.5");
  REQUIRE(at != std::string::npos);
  std::string flipped = text;
  flipped[at] = '3';
  std::ofstream(cache) << flipped;
  CHECK(version() == "1.5");
  fs::remove_all(dir);
}

TEST_CASE(
    "a candidate that cannot be looked at ends the search, and one that is not there does not") {
  namespace fs = std::filesystem;
  std::string dir = fs::temp_directory_path() / ("mlpgen-host-loop-" + std::to_string(getpid()));
  fs::create_directories(dir + "/a");
  fs::create_symlink("tool", dir + "/a/tool");
  Host host("", dir + "/none:" + dir + "/a:/usr/bin:/bin");
  std::vector<std::string> refused;
  auto any = [](const Tool&) { return true; };
  CHECK_FALSE(host.find({{"tool", "sh"}, {}, "", {}, {}}, any, refused));
  REQUIRE(host.unreadable());
  CHECK(host.unreadable()->number == ELOOP);
  CHECK(host.find({{"sh"}, {}, "", {}, {}}, any, refused));
  CHECK_FALSE(host.unreadable());
  fs::remove_all(dir);
}
