#include "loadgen/target_search.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace mlpgen;
using namespace mlpgen::submission;

namespace {

// A system with a known limit, 1/s or ms of a query, and up to 3 % of noise: in Server it completes
// what it is asked up to its limit, and holds its latencies below that.
class Simulated {
 public:
  Simulated(std::string scenario, double limit, unsigned seed, double latency_at = 1)
      : scenario_(std::move(scenario)), limit_(limit), latency_at_(latency_at), state_(seed) {}

  void run(Probe& probe) {
    const double now = limit_ * (1 + 0.03 * noise());
    probe.reached = scenario_ == "Server" ? std::min(probe.target, now / latency_at_) : now;
    probe.holds = scenario_ != "Server" || probe.target <= now;
  }

 private:
  double noise() {  // -1 to 1
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<double>(state_ >> 8) / (1 << 23) - 1;
  }
  std::string scenario_;
  double limit_, latency_at_;
  uint32_t state_;
};

struct Found {
  double reached = 0, target = 0;
  size_t probes = 0;
};

Found found(const TargetSearch& search, Simulated system) {
  std::vector<Probe> done;
  for (;;) {
    Result<SearchStep> step = next_probe(search, done);
    REQUIRE_MESSAGE(step, step.error().message);
    if (!step->next) return {step->reached, step->target, done.size()};
    done.push_back(*step->next);
    system.run(done.back());
  }
}

double error_of(double value, double limit) { return std::abs(value / limit - 1); }

}  // namespace

TEST_CASE("every scenario finds the limit within 10 %, with 12 probes at most") {
  for (const char* scenario : {"Offline", "SingleStream", "MultiStream", "Server"})
    for (double limit : {0.2, 1.0, 7.0, 40.0, 333.0, 2000.0, 12000.0})
      for (unsigned seed = 1; seed <= 50; ++seed) {
        CAPTURE(scenario);
        CAPTURE(limit);
        CAPTURE(seed);
        Found one = found({"m", scenario, 0}, {scenario, limit, seed}),
              third = found({"m", scenario, 0}, {scenario, limit / 3, seed + 99});
        CHECK(one.probes <= kMostProbes);
        CHECK(error_of(one.reached, limit) < 0.1);
        CHECK(error_of(one.reached / third.reached, 3) < 0.2);
      }
}

TEST_CASE("a limit of the latency far below what the system completes is found too") {
  for (double limit : {5.0, 90.0, 700.0})
    for (unsigned seed = 1; seed <= 50; ++seed)
      CHECK(error_of(found({"m", "Server", 0}, {"Server", limit, seed, 0.1}).reached, limit) <
            0.11);
}

TEST_CASE("a search goes on with the probes that are done") {
  const TargetSearch search{"m", "Server", 0};
  Simulated system("Server", 100, 7);
  std::vector<Probe> done;
  for (Result<SearchStep> step = next_probe(search, done); step->next;
       step = next_probe(search, done)) {
    Result<SearchStep> again = next_probe(search, std::vector<Probe>(done));
    CHECK(again->next->target == step->next->target);
    done.push_back(*step->next);
    system.run(done.back());
  }
}

TEST_CASE("an expected rate shortens the search") {
  CHECK(found({"m", "Server", 95}, {"Server", 100, 3}).probes <
        found({"m", "Server", 0}, {"Server", 100, 3}).probes);
}

TEST_CASE("a system that never says the same twice is no result") {
  std::vector<Probe> done;
  for (size_t i = 0; i < kMostProbes; ++i) done.push_back({1, 10, true, true, i % 2 ? 1.0 : 2.0});
  Result<SearchStep> step = next_probe({"m", "Offline", 0}, done);
  REQUIRE(!step);
  CHECK(step.error().message ==
        "12 probes did not find what the system reaches: no two in a row agree within 5 %");
}

TEST_CASE("a run is told what leaves room: more samples, a shorter latency") {
  CHECK(found({"m", "Offline", 0}, {"Offline", 100, 1}).target > 100);
  CHECK(found({"m", "SingleStream", 0}, {"SingleStream", 10, 1}).target < 6);
}

TEST_CASE("a probe's lines bound its length in each scenario") {
  CHECK(probe_conf({"m", "Offline", 0}, {50, 10}) ==
        "m.Offline.target_qps = 0.001\nm.Offline.min_duration = 10000\n"
        "m.Offline.min_query_count = 500\n");
  CHECK(probe_conf({"m", "Server", 0}, {2, 10}) ==
        "m.Server.target_qps = 2\nm.Server.min_duration = 10000\nm.Server.min_query_count = 1\n"
        "m.Server.max_query_count = 20\n");
  CHECK(probe_conf({"m", "SingleStream", 0}, {4, 10}) ==
        "m.SingleStream.target_latency = 4\nm.SingleStream.min_duration = 10000\n"
        "m.SingleStream.max_duration = 15000\nm.SingleStream.min_query_count = 1\n"
        "m.SingleStream.max_query_count = 2500\n");
}
