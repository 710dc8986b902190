// A shape and a number of edges -> how fast such a plan goes to disk, and how much memory that
// takes.
//
//   plan_bench SHAPE EDGES DIR     SHAPE: chain, fan-out or grid
//
// Builds a Plan as the planner leaves it (identities by SHA-256 over the command and the needed
// identities), then writes DIR/build.ninja and DIR/plan. Prints one line of JSON; seconds are wall
// time of this process alone.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "file/digest.h"
#include "file/file.h"
#include "manifest/ninja.h"

namespace {

using mlpgen::Edge;
using mlpgen::EdgeId;
using mlpgen::Plan;

// Row length of the grid: each edge needs this many of the row before it, so the graph is dense.
constexpr uint32_t kGridWidth = 64;
constexpr uint32_t kGridNeeds = 8;

double now() {
  using Clock = std::chrono::steady_clock;
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

std::vector<EdgeId> needs_of(const std::string& shape, uint32_t i) {
  std::vector<EdgeId> needs;
  if (shape == "chain" && i > 0) needs.push_back(EdgeId{i - 1});
  if (shape == "fan-out" && i > 0) needs.push_back(EdgeId{0});
  if (shape == "grid" && i >= kGridWidth) {
    const uint32_t above = i / kGridWidth * kGridWidth - kGridWidth;
    for (uint32_t k = 0; k < kGridNeeds; ++k)
      needs.push_back(EdgeId{above + (i + k * 7) % kGridWidth});
  }
  return needs;
}

Edge make_edge(const Plan& plan, const std::string& shape, uint32_t i) {
  Edge e;
  e.name = "synthetic-recipe/step." + std::to_string(i);
  e.about = "compile one source";
  e.mode = "work";
  e.argv = {"/usr/bin/g++", "-std=c++20", "-O2", "-c", "source" + std::to_string(i) + ".cc", "-o"};
  e.argv.push_back("${out}/object.o");
  e.env = {{"LC_ALL", "C.UTF-8"}, {"PATH", "/usr/bin:/bin"}};
  e.outputs = {"object.o"};
  e.needs = needs_of(shape, i);
  mlpgen::Sha256 digest;
  for (const std::string& word : e.argv) digest.field(word);
  for (EdgeId need : e.needs) {
    const Edge& from = plan.at(need);
    digest.field(from.identity);
    e.inputs.push_back({from.directory + "/object.o", false});
  }
  e.identity = digest.hex();
  e.directory = "out/synthetic-recipe/" + e.identity.substr(0, 12);
  return e;
}

Plan make_plan(const std::string& shape, uint32_t count) {
  Plan plan;
  plan.edges.reserve(count);
  for (uint32_t i = 0; i < count; ++i) plan.edges.push_back(make_edge(plan, shape, i));
  plan.targets.push_back({"all", "the last edge", {EdgeId{count - 1}}, true, "", false});
  plan.inputs = {"recipes"};
  return plan;
}

// MiB that this process had in memory at most, as the kernel counts them.
double peak_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  return 0;
}

// As configure writes a file that changed: to a temporary name, synced, renamed.
bool to_disk(const std::string& path, const mlpgen::Pieces& text) {
  const mlpgen::Status status = mlpgen::write_file(path, text);
  if (!status) std::fprintf(stderr, "error: %s\n", status.error().message.c_str());
  return status.ok();
}

size_t size_of(const std::string& path) {
  const mlpgen::Result<mlpgen::FileStamp> stamp = mlpgen::stamp_of(path);
  return stamp ? stamp->size : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string shape = argc > 1 ? argv[1] : "";
  const long count = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 0;
  if (argc != 4 || count < 1 || count > 10'000'000 ||
      (shape != "chain" && shape != "fan-out" && shape != "grid")) {
    std::fprintf(stderr, "usage: plan_bench chain|fan-out|grid EDGES DIR\n");
    return 2;
  }
  const std::string folder = argv[3];
  const double start = now();
  const Plan plan = make_plan(shape, static_cast<uint32_t>(count));
  const double planned = now();
  const mlpgen::Programs programs{"/usr/bin/mlpgen", "/usr/bin/mlpgen-edge"};
  const bool ok = to_disk(folder + "/build.ninja", mlpgen::to_ninja(plan, programs)) &&
                  to_disk(folder + "/plan", mlpgen::to_plan_file(plan));
  if (!ok) return 1;
  const double written = now();
  std::printf(
      "{\"shape\": \"%s\", \"edges\": %ld, \"identities_s\": %.6f, \"to_disk_s\": %.6f, "
      "\"bytes\": %zu, \"peak_mib\": %.1f}\n",
      shape.c_str(), count, planned - start, written - planned,
      size_of(folder + "/build.ninja") + size_of(folder + "/plan"), peak_mib());
  return 0;
}
