#include "round/system_targets.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

// The targets as "MODEL/SCENARIO=VALUE", or the diagnostics.
std::string targets(const std::string& text) {
  Sources sources;
  Sink sink;
  std::optional<SystemTargets> all = load_system_targets(sources, sources.add("s", text), sink);
  std::string said;
  if (all)
    for (const SystemTarget& t : all->targets)
      said += t.model + "/" + t.scenario + "=" + t.value.value + " ";
  for (const Diagnostic& d : sink.sorted())
    said += sources.describe(d.span) + " " + d.id + ": " + d.message + "\n";
  return said;
}

}  // namespace

TEST_CASE("the targets of each model and scenario are read with their places") {
  CHECK(
      targets("format: 1\ntargets:\n  retinanet:\n    Offline: {target_qps: 480.2}\n"
              "    SingleStream: {target_latency: 1.1}\n  resnet50: {Server: {target_qps: 7}}\n") ==
      "retinanet/Offline=480.2 retinanet/SingleStream=1.1 resnet50/Server=7 ");
}

TEST_CASE("what is no target is said at its place") {
  CHECK(targets("format: 1\ntargets: {m: {Offline: {target_qps: fast}}}\n") ==
        "s:2:37 wrong-value: 'fast' is no number above 0\n");
  CHECK(targets("format: 1\ntargets: {m: {Online: {target_qps: 1}}}\n") ==
        "s:2:15 unknown-key: there is no scenario 'Online'\n");
  CHECK(targets("format: 1\ntargets: {m: {Offline: {target_latency: 1}}}\n").find("missing-key") !=
        std::string::npos);
  CHECK(targets("format: 2\ntargets: {}\n").find("newer-format") != std::string::npos);
}
