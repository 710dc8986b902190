#include "doctor/machine.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "file/file.h"

using namespace mlpgen;

namespace {

// A root folder with the kernel's files that a test writes.
struct Root {
  std::string path =
      std::filesystem::temp_directory_path() / ("mlpgen-machine-test-" + std::to_string(getpid()));
  ~Root() { std::filesystem::remove_all(path); }
  void write(const std::string& name, const std::string& text) {
    std::string at = path + "/" + name;
    REQUIRE(make_directories(std::filesystem::path(at).parent_path()).ok());
    REQUIRE(write_file(at, text).ok());
  }
};

}  // namespace

TEST_CASE("the kernel's files are read") {
  Root root;
  root.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
  root.write("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
  root.write("sys/devices/system/cpu/smt/active", "1\n");
  root.write("sys/devices/system/node/node0/x", "");
  root.write("sys/devices/system/node/node1/x", "");
  root.write("sys/devices/system/node/possible", "");
  root.write("sys/fs/cgroup/cpu.max", "150000 100000\n");
  root.write("sys/fs/cgroup/memory.max", "1048576\n");
  root.write("proc/loadavg", "1.25 1.00 0.50 1/100 42\n");
  root.write("proc/cpuinfo", "flags : fpu hypervisor sse\n");
  root.write("proc/meminfo", "MemTotal:  2048 kB\nMemAvailable:  1024 kB\n");
  Machine m = read_machine(root.path);
  CHECK(m.governor == "powersave");
  CHECK(m.turbo == true);
  CHECK(m.smt == true);
  CHECK(m.numa_nodes == 2);
  CHECK(m.cpu_quota == 1.5);
  CHECK(m.memory_limit == 1048576);
  CHECK(m.load == 1.25);
  CHECK(m.is_virtual);
  CHECK(m.memory == 2097152);
  CHECK(m.memory_available == 1048576);
}

TEST_CASE("what the kernel does not tell is unknown, not off") {
  Root root;
  root.write("sys/fs/cgroup/cpu.max", "max 100000\n");
  Machine m = read_machine(root.path);
  CHECK(m.governor.empty());
  CHECK_FALSE(m.turbo.has_value());
  CHECK_FALSE(m.smt.has_value());
  CHECK_FALSE(m.cpu_quota.has_value());
  CHECK_FALSE(m.memory_limit.has_value());
  CHECK(m.numa_nodes == 1);
}

TEST_CASE("a folder that is still to be made counts as the one above it") {
  Root root;
  root.write("there/file", "");
  CHECK(may_write(root.path + "/there/new/folder"));
  CHECK(free_bytes(root.path + "/there/new/folder").has_value());
  CHECK_FALSE(may_write(root.path + "/there/file/below"));
}
