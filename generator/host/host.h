// What configure may know of this machine: plain facts, and where its tools are. The result is
// cached in the run directory, so that configure starts no process when nothing changed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen {

// Facts by name, all strings: os_id, os_version, os_name, kernel, arch, cpu_model, cpu_count
// (logical processors), cpu_cores (physical), cpu_sockets, numa_nodes, cpu_max_mhz, cpu_caches,
// memory_gib (whole GiB, rounded up), governor, storage_gb, storage_type (HDD,
// SSD, NVMe; absent where the kernel tells none), network_cards, networking (speed). Sources:
// /etc/os-release, uname, /proc/cpuinfo, /proc/meminfo, /sys, statvfs("/"). A source that is there
// and cannot be read is an error: it would make another machine of this one.
Result<std::map<std::string, std::string>> read_facts();
const std::vector<std::string>& fact_names();  // of all that some machine tells, sorted

struct Tool {
  std::string path;     // absolute
  std::string version;  // "" where the tool tells none
  std::string digest;   // SHA-256 of the program's file
};

struct ToolQuery {
  std::vector<std::string> names;         // looked for in this order in each PATH folder
  std::vector<std::string> version_args;  // empty: no version is asked for
  std::string version_regex;  // RE2's syntax; its groups, joined by dots, are the version
  std::vector<std::string>
      path_args;  // arguments that make it print its real path; empty: the path found
  std::vector<std::string> files;  // instead of names: files whose text holds the version
  std::vector<std::string> watch =
      {};  // folders whose entries decide what it prints: it is asked again when they change
};

class Host {
 public:
  // `cache_file` may be absent; "" keeps nothing. `path` is the value of PATH.
  Host(std::string cache_file, std::string path);

  const std::map<std::string, std::string>& facts();
  Status read();  // the facts, now: facts() has none where this fails

  // The first tool that `accept` takes. What was found and refused goes to `refused`
  // ("/usr/bin/python3 is 3.6.8"). Nothing, too, where unreadable() says why the search ended.
  std::optional<Tool> find(const ToolQuery& query, const std::function<bool(const Tool&)>& accept,
                           std::vector<std::string>& refused);
  // Programs and files that the last find() saw and that did not answer, and what happened:
  // "/usr/bin/x printed more than 16 MiB".
  const std::vector<std::string>& mute() const { return mute_; }
  // A folder of PATH or a candidate that is there and that the last find() could not look at or
  // ask. Only what is not there (ENOENT, ENOTDIR) is passed over: else the next candidate would
  // make another graph without a word.
  const std::optional<Error>& unreadable() const { return unreadable_; }

  // Programs and files looked at, taken or not, and PATH folders searched: build.ninja depends on
  // those that are there.
  std::vector<std::string> inputs() const;
  // Writes the cache when something new was learned. Failure is no error: the next configure asks
  // again.
  void save();

 private:
  using Found = Result<std::optional<Tool>>;
  Found probe(const std::string& path, const ToolQuery& query);
  Found ask(const std::string& path, const ToolQuery& query, std::string& why);
  Found find_file(const ToolQuery& query, const std::function<bool(const Tool&)>& accept,
                  std::vector<std::string>& refused);
  Found find_program(const ToolQuery& query, const std::function<bool(const Tool&)>& accept,
                     std::vector<std::string>& refused);
  Result<bool> is_candidate(const std::string& path);

  std::string cache_file_;
  std::vector<std::string> folders_;
  std::map<std::string, std::string> facts_;
  std::map<std::string, Tool> known_;  // by a key of path, stamp and query
  std::vector<std::string> inputs_;
  std::vector<std::string> mute_;
  std::optional<Error> unreadable_;
  bool changed_ = false;
};

}  // namespace mlpgen
