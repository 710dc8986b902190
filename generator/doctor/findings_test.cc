#include "doctor/findings.h"

#include <doctest/doctest.h>

#include "text/text.h"

using namespace mlpgen;

namespace {

ProbedTool tool(const std::string& name, bool found) {
  ProbedTool t;
  t.recipe = "get-" + name;
  t.names = {name, name + "-12"};
  t.found = found;
  t.path = found ? "/usr/bin/" + name : "";
  t.version = found ? "12.2.0" : "";
  t.install = {{"debian", name}, {"arch", "base-devel"}};
  return t;
}

std::string text(const std::vector<Finding>& findings) {
  std::vector<std::string> lines;
  for (const Finding& f : findings)
    lines.push_back(std::string(to_word(f.health)) + ": " + f.what +
                    (f.mend.empty() ? "" : " | " + f.mend));
  return join(lines, "\n");
}

bool has(const std::vector<Finding>& findings, Health health, const std::string& words) {
  for (const Finding& f : findings)
    if (f.health == health && f.what.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("a tool that is missing names its package and command; one that is there its version") {
  ProbedTool old = tool("python3", false);
  old.wanted = "at least 3.8";
  old.refused = {"/usr/bin/python3 is 3.6.8"};
  CHECK(text(tool_findings({tool("g++", true), tool("make", false), old}, {"ubuntu", "debian"})) ==
        "ok: g++ 12.2.0  /usr/bin/g++\n"
        "missing: make or make-12, for get-make | apt-get install make\n"
        "missing: python3 or python3-12 (at least 3.8), for get-python3; found /usr/bin/python3 is "
        "3.6.8 | apt-get install python3");
  CHECK(text(tool_findings({tool("make", false)}, {"void"})) ==
        "missing: make or make-12, for get-make | no package of this distribution is known to have "
        "it");
}

TEST_CASE("each tool is told once, and what is optional only where it is there") {
  ProbedTool optional = tool("numactl", false);
  optional.optional = true;
  CHECK(tool_findings({tool("g++", true), tool("g++", true), optional}, {"debian"}).size() == 1);
}

TEST_CASE("a place is missing when it cannot be written, is too small or on a network") {
  Place good{"the store", "/s", true, "", 2048, 1024, 1, "MLPGEN_STORE"};
  CHECK(text(place_findings({good})) ==
        "ok: the store: 1.0 kB will come, and 1 things of unknown size; 2.0 kB are free  /s");
  Place small = good, closed = good, far = good;
  small.free = 1000;
  closed.writable = false;
  far.network = "NFS";
  for (const Finding& f : place_findings({small, closed, far})) {
    CHECK(f.health == Health::kMissing);
    CHECK(f.mend.find("MLPGEN_STORE") != std::string::npos);
  }
}

TEST_CASE("a time limit shorter than a measurement stops it; other limits are hints") {
  Machine m;
  m.cpu_seconds = 300;
  CHECK(has(limit_findings(m, 600), Health::kMissing, "ulimit -t"));
  CHECK_FALSE(has(limit_findings(m, 60), Health::kMissing, "ulimit -t"));
  m.open_files = 256;
  CHECK(has(limit_findings(m, 60), Health::kHint, "ulimit -n"));
}

TEST_CASE("what makes a measurement less sure is a hint, never missing") {
  Machine quiet;
  quiet.governor = "performance";
  quiet.turbo = false;
  quiet.smt = false;
  CHECK(text(measuring_findings(quiet)) == "ok: CPU governor: performance");
  Machine m;
  m.governor = "powersave";
  m.turbo = m.smt = true;
  m.numa_nodes = 2;
  m.cpu_quota = 1.5;
  m.is_virtual = true;
  m.load = 3;
  std::vector<Finding> all = measuring_findings(m);
  for (const char* words : {"powersave", "turbo", "SMT", "2 NUMA nodes", "1.5 processors",
                            "virtual machine", "load 3.0"})
    CHECK_MESSAGE(has(all, Health::kHint, words), words);
  CHECK(all.size() == 7);
}
