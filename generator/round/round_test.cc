#include "round/round.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace mlpgen;

namespace {

constexpr const char* kSmall = R"(format: 1
round: v5.1
seeds: {qsl_rng_seed: 1, sample_index_rng_seed: 14771362308971278857, schedule_rng_seed: 3}
layout: split
checker: {kind: modular, commit: abc, file: main.py}
rules: {not-valid: warning, performance-errors: warning, seeds: error, early-stopping: error,
  offline-samples: warning, min-duration: error, accuracy-samples: error, accuracy-log: error,
  accuracy-files: warning, performance-files: warning, measurement-files: error, root-files:
  warning, tree-names: warning, idle-systems: warning, calibration: warning, empty-values: error}
min_duration_ms: 600000
measurement_files: [user.conf, README.md]
system_keys: 35
result_fields: {Offline: result_samples_per_second}
aliases: {resnet50: resnet}
models:
  resnet:
    scenarios:
      edge: {required: [SingleStream, Offline]}
    accuracy:
      - {metric: acc, at_least: 75.69539999999999}
    performance_samples: 1024
    dataset_size: 50000
)";

struct Loaded {
  Sources sources;
  Sink sink;
  std::optional<Round> round;

  explicit Loaded(std::string text) {
    round = load_round(sources, sources.add("v5.1.yaml", std::move(text)), sink);
  }
  // "id line:column" of every diagnostic.
  std::string said() const {
    std::string out;
    for (const Diagnostic& d : sink.sorted()) {
      Position p = sources.position(d.span);
      out += d.id + " " + std::to_string(p.line) + ":" + std::to_string(p.column) + "\n";
    }
    return out;
  }
};

std::string with(std::string from, std::string to) {
  std::string text = kSmall;
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a round keeps the place of a seed") {
  Loaded l(kSmall);
  REQUIRE(l.round);
  CHECK(l.round->seeds.sample_index.value == 14771362308971278857u);
  CHECK(l.sources.describe(l.round->seeds.sample_index.span) == "v5.1.yaml:3:49");
  CHECK(l.sources.text_of(l.round->seeds.sample_index.span) == "14771362308971278857");
  CHECK(l.round->models[0].accuracy[0].at_least->value == 76.46 * 0.99);
}

TEST_CASE("mistakes in a round file are told at their places") {
  CHECK(Loaded(with("layout: split", "layuot: split")).said() ==
        "missing-key 1:1\nunknown-key 4:1\n");
  CHECK(Loaded(with("layout: split", "layout: deep")).said() == "wrong-type 4:9\n");
  CHECK(Loaded(with("1024", "many")).said() == "wrong-type 21:26\n");
  CHECK(Loaded(with("1024", "-1")).said() == "wrong-type 21:26\n");
  CHECK(Loaded(with("    dataset_size: 50000", "    performance_samples: 3")).said() ==
        "duplicate-key 22:5\n");
  CHECK(Loaded(with("format: 1", "format: 2")).said() == "newer-format 1:9\n");
  CHECK(Loaded("a: [").said().substr(0, 8) == "not-yaml");
  CHECK(Loaded("- a").said() == "wrong-type 1:1\n");
  CHECK(Loaded("").said() == "not-yaml 1:1\n");
}

TEST_CASE("a folder name stands for a model") {
  Loaded l(kSmall);
  REQUIRE(l.round);
  CHECK(l.round->model_of("resnet50") == "resnet");
  CHECK(l.round->model_of("mobilenet_v3") == "resnet");
  CHECK(l.round->model_of("mine", {{"mine", "resnet"}}) == "resnet");
  CHECK(l.round->model_of("mine") == "mine");
}

TEST_CASE("a request that the round does not run is a sentence") {
  Loaded l(kSmall);
  REQUIRE(l.round);
  CHECK(check_request(*l.round, {"closed", "edge", "resnet50", "Offline"}).empty());
  CHECK(check_request(*l.round, {"closed", "edge", "resnet", "Server"}) ==
        "round v5.1 does not run resnet Server in the category edge; its scenarios are "
        "SingleStream, Offline; the open division takes Server, MultiStream too");
  CHECK(check_request(*l.round, {"open", "edge", "resnet", "Server"}).empty());
  CHECK_FALSE(check_request(*l.round, {"open", "edge", "resnet", "Interactive"}).empty());
  CHECK(check_request(*l.round, {"open", "datacenter", "resnet", "Offline"}) ==
        "round v5.1 does not have resnet in the category datacenter; its categories are: edge");
  CHECK(check_request(*l.round, {"open", "edge", "resne", "Offline"})
            .find("did you mean 'resnet'?") != std::string::npos);
}

TEST_CASE("Interactive is a scenario of some models, and Server stands for it in closed") {
  Sources sources;
  Sink sink;
  std::vector<Round> rounds = load_rounds(sources, MLPGEN_ROUNDS, sink);
  auto says = [&](const char* round, RoundRequest request) {
    return check_request(*find_round(rounds, round), request);
  };
  for (const char* round : {"v5.1", "v6.0", "v6.1"}) {
    CHECK(says(round, {"closed", "datacenter", "llama2-70b-99.9", "Interactive"}).empty());
    CHECK(says(round, {"closed", "datacenter,edge", "llama2-70b-99.9", "Interactive"}).empty());
    CHECK(says(round, {"closed", "network", "llama2-70b-99.9", "Server"}).empty());
  }
  CHECK(says("v4.1", {"open", "datacenter", "llama2-70b-99.9", "Interactive"}) ==
        "round v4.1 does not run llama2-70b-99.9 Interactive in the category datacenter; its "
        "scenarios are Server, Offline; the open division takes SingleStream, MultiStream too");
}

TEST_CASE("rounds are ordered by number") {
  CHECK(round_before("v3.1", "v4.0"));
  CHECK(round_before("v9.0", "v10.0"));
  CHECK_FALSE(round_before("v5.1", "v5.1"));
}

TEST_CASE("the shipped rounds load, the oldest first") {
  Sources sources;
  Sink sink;
  std::vector<Round> rounds = load_rounds(sources, MLPGEN_ROUNDS, sink);
  CHECK_MESSAGE(sink.all().empty(), to_text(sink, sources));
  REQUIRE(rounds.size() == 9);
  CHECK(rounds.front().name.value == "v2.1");
  CHECK(rounds.back().name.value == "v6.1");
}

TEST_CASE("the shipped seeds are those of the rounds") {
  Sources sources;
  Sink sink;
  std::vector<Round> rounds = load_rounds(sources, MLPGEN_ROUNDS, sink);
  const Round* v51 = find_round(rounds, "v5.1");
  REQUIRE(v51);
  CHECK(v51->seeds.qsl.value == 1780908523862526354u);
  CHECK(v51->seeds.sample_index.value == 14771362308971278857u);
  CHECK(v51->seeds.schedule.value == 18209322760996052031u);
  CHECK(find_round(rounds, "v2.1")->seeds.qsl.value == 14284205019438841327u);
  CHECK(v51->find("retinanet")->performance_samples.value == 64);
  CHECK(v51->find("retinanet")->samples_to_cover("Offline") == 24781);
  CHECK(find_round(rounds, "v6.1")->find("qwen3-vl-235b-a22b")->samples_to_cover("Interactive") ==
        8000);
}

TEST_CASE("a key of a map by scenario is a scenario, because nothing looks up another one") {
  const std::string size = "dataset_size: 50000\n";
  for (const char* wrong : {"result_fields: {conversational: x}", "units: {offline: x}",
                            "latency_limit_ns: {Online: 1}", "accuracy_samples_of: {Sever: 1}"})
    CHECK(Loaded(with(size, size + "    " + wrong + "\n")).said().starts_with("unknown-key 23:"));
  CHECK(Loaded(with(size, size + "    compliance: [TEST02]\n")).said() == "wrong-type 23:17\n");
  Loaded limits(with(size, size + "    token_latencies: true\n    token_latency_limit_ns:\n      "
                                  "conversational: {ttft: 1, tpot: 1}\n"));
  CHECK(limits.said() == "unknown-key 25:7\n");
  Loaded unread(with(size, size + "    token_latency_limit_ns: {Server: {ttft: 1, tpot: 1}}\n"));
  CHECK(unread.said().starts_with("wrong-value 23:"));
}

TEST_CASE("test05_seeds stand where a model has TEST05, and only there") {
  const std::string size = "dataset_size: 50000\n", layout = "layout: split\n";
  const std::string seeds =
      "test05_seeds: {qsl_rng_seed: 1, sample_index_rng_seed: 2, schedule_rng_seed: 3}\n";
  CHECK(Loaded(with(size, size + "    compliance: [TEST05]\n")).said().starts_with("missing-key"));
  CHECK(Loaded(with(layout, seeds + layout)).said().starts_with("wrong-value 4:"));
}
