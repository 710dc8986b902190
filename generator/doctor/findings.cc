// Each check: one sentence, and what to type.
#include "doctor/findings.h"

#include <cmath>
#include <cstdio>
#include <set>

#include "host/distribution.h"
#include "text/text.h"
#include "text/units.h"

namespace mlpgen {
namespace {

constexpr uint64_t kFewestOpenFiles = 1024;  // a list is fetched over up to 256 connections
constexpr double kQuietLoad = 0.5;           // processes; more disturb a measurement

std::string decimals(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

Finding good(const char* topic, std::string what) {
  return {Health::kGood, topic, std::move(what), "", ""};
}

Finding tool_finding(const ProbedTool& tool, const std::vector<std::string>& ids) {
  std::string names =
      join(tool.names, " or ") + (tool.wanted.empty() ? "" : " (" + tool.wanted + ")");
  if (tool.found)
    return good("tools", tool.names.front() + (tool.version.empty() ? "" : " " + tool.version) +
                             "  " + tool.path);
  Finding f{Health::kMissing, "tools", names + ", for " + tool.recipe, "",
            package_for(tool.install, ids)};
  for (const std::string& refused : tool.refused) f.what += "; found " + refused;
  std::string command = install_command({f.package}, ids);
  f.mend = command.empty() ? "no package of this distribution is known to have it" : command;
  return f;
}

Finding place_finding(const Place& p) {
  if (!p.writable)
    return {Health::kMissing, "places", p.name + " cannot be written: " + p.path,
            p.variable.empty() ? "choose another folder, or ask its owner"
                               : "set " + p.variable + " to a folder of yours",
            ""};
  if (!p.network.empty())
    return {Health::kMissing, "places",
            p.name + " is on a network file system (" + p.network + "): " + p.path,
            p.variable.empty() ? "choose a folder on a local disk"
                               : "set " + p.variable + " to a folder on a local disk",
            ""};
  std::string needs = p.needs ? readable_bytes(p.needs) + " will come" : "";
  if (p.unknown)
    needs +=
        (needs.empty() ? "" : ", and ") + std::to_string(p.unknown) + " things of unknown size";
  std::string free = p.free ? readable_bytes(*p.free) + " are free" : "the free space is unknown";
  if (p.free && *p.free < p.needs)
    return {Health::kMissing, "places",
            p.name + " is too small: " + needs + ", " + free + ": " + p.path,
            p.variable.empty() ? "free some space"
                               : "free some space, or set " + p.variable + " to another folder",
            ""};
  return good("places", p.name + ": " + (needs.empty() ? "" : needs + "; ") + free + "  " + p.path);
}

}  // namespace

const char* to_word(Health health) {
  return health == Health::kGood ? "ok" : health == Health::kHint ? "hint" : "missing";
}

std::vector<Finding> tool_findings(const std::vector<ProbedTool>& tools,
                                   const std::vector<std::string>& ids) {
  std::vector<Finding> all;
  std::set<std::string> seen;
  for (const ProbedTool& tool : tools) {
    if (tool.optional && !tool.found) continue;
    if (!seen.insert(join(tool.names, " ") + "|" + tool.wanted + "|" + tool.path).second) continue;
    all.push_back(tool_finding(tool, ids));
  }
  return all;
}

std::vector<Finding> place_findings(const std::vector<Place>& places) {
  std::vector<Finding> all;
  for (const Place& place : places) all.push_back(place_finding(place));
  return all;
}

std::vector<Finding> limit_findings(const Machine& m, unsigned seconds) {
  std::vector<Finding> all;
  uint64_t memory = m.memory_limit ? std::min(*m.memory_limit, m.memory) : m.memory;
  all.push_back(good("limits", "memory: " + readable_bytes(m.memory_available) + " of " +
                                   readable_bytes(memory) +
                                   " are free (recipes do not say how much a run needs)"));
  if (m.memory_bytes)
    all.push_back(
        {Health::kHint, "limits",
         "a process may use " + readable_bytes(*m.memory_bytes) + " of memory (ulimit -v)",
         "ulimit -v unlimited", ""});
  if (m.cpu_seconds && *m.cpu_seconds < seconds)
    all.push_back({Health::kMissing, "limits",
                   "a process may run for " + std::to_string(*m.cpu_seconds) +
                       " s (ulimit -t), and a measurement takes " + std::to_string(seconds) +
                       " s or more",
                   "ulimit -t unlimited", ""});
  if (m.file_bytes)
    all.push_back({Health::kHint, "limits",
                   "a file may have " + readable_bytes(*m.file_bytes) + " (ulimit -f)",
                   "ulimit -f unlimited", ""});
  if (m.open_files && *m.open_files < kFewestOpenFiles)
    all.push_back({Health::kHint, "limits",
                   "a process may open " + std::to_string(*m.open_files) + " files (ulimit -n)",
                   "ulimit -n " + std::to_string(kFewestOpenFiles), ""});
  return all;
}

std::vector<Finding> measuring_findings(const Machine& m) {
  std::vector<Finding> all;
  auto hint = [&](std::string what, std::string mend) {
    all.push_back({Health::kHint, "measuring", std::move(what), std::move(mend), ""});
  };
  if (m.governor.empty())
    all.push_back(good("measuring", "CPU governor: the kernel does not tell"));
  else if (m.governor == "performance")
    all.push_back(good("measuring", "CPU governor: performance"));
  else
    hint("the CPU governor is " + m.governor + ", so clocks follow the load",
         "cpupower frequency-set -g performance");
  if (m.turbo && *m.turbo)
    hint("turbo is on: clocks depend on how warm the processor is",
         "state it with the result, or switch it off in the firmware");
  if (m.smt && *m.smt)
    hint("SMT is on: " + std::to_string(m.cpus) + " logical processors share fewer cores",
         "try --num_threads= with the number of cores as well");
  if (m.numa_nodes > 1)
    hint(std::to_string(m.numa_nodes) + " NUMA nodes: memory of another node is slower",
         "numactl --cpunodebind=0 --membind=0 ninja, and --num_threads= of one node");
  if (m.cpu_quota)
    hint("this container may use " + decimals(*m.cpu_quota) +
             " processors; beyond that it is held back for parts of each 100 ms",
         "start it without a CPU limit, with a fixed set of processors (--cpuset-cpus)");
  if (m.is_virtual)
    hint("this is a virtual machine: other guests may take time from it",
         "compare several runs; `steal` of `top` shows what was taken");
  if (m.load > kQuietLoad)
    hint("the machine is not quiet: load " + decimals(m.load) + " in the last minute",
         "wait, or end what `top` shows; the result says so too");
  return all;
}

}  // namespace mlpgen
