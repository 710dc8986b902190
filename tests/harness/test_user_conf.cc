// Lines of user.conf that LoadGen would pass over, misread or refuse.
#include <doctest/doctest.h>

#include "failure.h"
#include "test_files.h"
#include "user_conf.h"

namespace mlpgen {
namespace {

// "LINE: message" of each problem, joined by newlines.
std::string problems(const std::string& text) {
  std::string all;
  for (const ConfProblem& problem : check_user_conf(text, "retinanet"))
    all += (all.empty() ? "" : "\n") + std::to_string(problem.line) + ": " + problem.message;
  return all;
}

TEST_CASE("a file that LoadGen reads as it is meant has no problems") {
  CHECK(problems("# a comment = anything\n"
                 "\n"
                 "retinanet.Offline.target_qps = 0.5\n"
                 "  *.Server.target_latency   =  100 \n"
                 "*.SingleStream.target_latency = 1.5\n"
                 "llama3.1-8b.*.min_query_count = 5000\n"
                 "retinanet.MultiStream.max_query_count = 700 \r\n") == "");
  CHECK(problems("") == "");
}

TEST_CASE("an equals sign without blanks would be passed over") {
  CHECK(problems("retinanet.Offline.target_qps=5") ==
        "1: 'retinanet.Offline.target_qps=5' is not followed by ` = value`");
  CHECK(problems("retinanet.Offline.target_qps =5") ==
        "1: 'retinanet.Offline.target_qps' is not followed by ` = value`");
}

TEST_CASE("a comment behind a value would void the whole file") {
  CHECK(problems("\nretinanet.Offline.target_qps = 5 # fast") == "2: there is more than one value");
  CHECK(problems("#retinanet off") == "1: LoadGen takes '#retinanet' for a key");
}

TEST_CASE("unknown scenarios and keys would be passed over") {
  CHECK(problems("retinanet.offline.target_qps = 5") == "1: LoadGen knows no scenario 'offline'");
  CHECK(problems("retinanet.Offline.target_qsp = 5") ==
        "1: LoadGen reads no key 'target_qsp' from user.conf");
  CHECK(problems("retinanet.SingleStream.target_qps = 5") ==
        "1: LoadGen does not read target_qps for SingleStream");
  CHECK(problems("Offline.target_qps = 5") ==
        "1: 'Offline.target_qps' has not the form model.scenario.key");
  CHECK(problems("*.*.qsl_rng_seed = 5") == "1: LoadGen reads no seeds from user.conf");
  CHECK(problems("*.*.mode = 2") == "1: the mode is not taken from user.conf");
}

TEST_CASE("numbers that LoadGen would cut are refused") {
  CHECK(problems("*.Offline.min_query_count = 1e3") == "1: '1e3' is not a whole number");
  CHECK(problems("*.Offline.min_query_count = 010") == "1: '010' begins with 0");
  CHECK(problems("*.Offline.min_query_count = -1") == "1: '-1' is not a whole number");
  CHECK(problems("*.Offline.min_query_count = 99999999999999999999") ==
        "1: '99999999999999999999' is too large");
  CHECK(problems("*.Server.target_latency = 0.5") == "1: '0.5' is not a whole number");
  CHECK(problems("*.Offline.target_qps = 1e3") == "");
  CHECK(problems("*.Offline.target_qps = fast") == "1: 'fast' is not a number");
  CHECK(problems("*.Offline.target_qps = nan") == "1: 'nan' is not a number");
  CHECK(problems("*.Offline.target_qps = -2") == "1: '-2' is out of range");
}

TEST_CASE("a file for other models only is a mistake") {
  CHECK(problems("resnet50.Offline.target_qps = 1") ==
        "0: it has lines for 'resnet50' and none for 'retinanet'");
  CHECK(problems("resnet50.Offline.target_qps = 1\n*.Offline.target_qps = 1") == "");
}

TEST_CASE("of each key LoadGen takes the entry that says most, else the last") {
  std::string said;
  for (const ConfSetting& s : settings_of_run("*.*.min_duration = 1\n"
                                              "retinanet.*.min_duration = 2\n"
                                              "*.Offline.min_duration = 3\n"
                                              "*.Offline.min_duration = 4\n"
                                              "*.Server.target_qps = 5\n"
                                              "# *.Offline.target_qps = 6\n"
                                              "resnet50.Offline.target_qps = 7\n"
                                              "*.*.max_duration = 8\n",
                                              "retinanet", "Offline"))
    said += s.key + "=" + s.value + "@" + std::to_string(s.line) + " ";
  CHECK(said == "min_duration=4@4 max_duration=8@8 ");
}

TEST_CASE("all problems are told at once") {
  TestFolder folder;
  const std::string path = folder.write("user.conf", "a\n*.Offline.target_qps = 1 2\n");
  CHECK_THROWS_WITH_AS(require_user_conf(path, "retinanet"),
                       doctest::Contains((path + ":2: there is more than one value").c_str()),
                       Failure);
  CHECK_THROWS_WITH_AS(require_user_conf(path, "retinanet"),
                       doctest::Contains((path + ":1: 'a' is not followed").c_str()), Failure);
}

}  // namespace
}  // namespace mlpgen
