#include "round/user_conf_file.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

std::string settings(const std::string& text, const std::string& model = "retinanet",
                     const std::string& scenario = "Offline") {
  Sources sources;
  Sink sink;
  std::optional<std::vector<UserSetting>> all =
      load_user_conf(sources, sources.add("user.conf", text), model, scenario, sink);
  std::string said;
  if (all)
    for (const UserSetting& s : *all) said += std::string(s.field->key) + "=" + s.value.value + " ";
  for (const Diagnostic& d : sink.sorted())
    said += sources.describe(d.span) + " " + d.message + " | " + d.help + "\n";
  return said;
}

}  // namespace

TEST_CASE("a submitter's user.conf gives the keys of a request") {
  CHECK(settings("*.Offline.target_qps = 12.5\n*.*.min_duration = 610000\n") ==
        "CM_MLPERF_LOADGEN_OFFLINE_TARGET_QPS=12.5 CM_MLPERF_USER_CONF_MIN_DURATION=610000 ");
  CHECK(settings("*.Offline.target_qps = 12.5\n*.Server.target_latency = 20\n", "retinanet",
                 "Server") == "CM_MLPERF_USER_CONF_SERVER_TARGET_LATENCY=20 ");
  CHECK(settings("bert.Offline.min_query_count = 3\n", "bert-99.9") ==
        "CM_MLPERF_USER_CONF_MIN_QUERY_COUNT=3 ");
  CHECK(settings("m-interactive.Server.target_qps = 3\nm.Server.target_qps = 9\n", "m",
                 "Interactive") == "CM_MLPERF_LOADGEN_SERVER_TARGET_QPS=3 ");
}

TEST_CASE("what LoadGen would pass over is said at its line") {
  CHECK(settings("# mine\n  *.Offline.target_qps=12\n") ==
        "user.conf:2:3 '*.Offline.target_qps=12' is not followed by ` = value` | write "
        "`model.scenario.key = value` with blanks around =\n");
  CHECK(
      settings("bert-99.Offline.target_qps = 3\n", "bert-99") ==
      "user.conf:1:1 it has lines for 'bert-99' and none for 'bert' | the model's name is the one "
      "given with --model-name\n");
  CHECK(settings("*.*.accuracy_log_rng_seed = 1\n") ==
        "user.conf:1:1 accuracy_log_rng_seed is set by the audit.config of a compliance test, not "
        "by a submitter | take the line out\n");
}

TEST_CASE("no two fields of a scenario have one key") {
  for (const UserConfField& a : user_conf_fields())
    for (const UserConfField& b : user_conf_fields()) CHECK((&a == &b || a.key != b.key));
}
