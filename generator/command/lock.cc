// mlpgen lock: resolves over the network what the request needs and the locks do not have, and
// takes over the digests of files that were trusted on first use, into ./mlpgen.lock.
#include "command/lock.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "command/lock/package_lock.h"
#include "command/options.h"
#include "command/request/session.h"
#include "file/file.h"
#include "store/trusted.h"

namespace mlpgen {
namespace {

using LockJson = nlohmann::ordered_json;

// Packages first: an environment may need the uv among them. Each once.
std::vector<LockWant> to_obtain(const std::vector<LockWant>& wants, bool update) {
  std::vector<LockWant> all;
  std::set<std::string> seen;
  for (const char* kind : {"package", "python-environment", "conda-environment"})
    for (const LockWant& w : wants)
      if (w.kind == kind && (update || !w.found) && seen.insert(w.key).second) all.push_back(w);
  return all;
}

// Digests that ninja has noted of files for which nobody published one; what is not fetched yet is
// told. Fetches nothing.
size_t take_over(const std::vector<LockWant>& wants, Lock& own, LockJson& said, bool json) {
  size_t got = 0;
  std::set<std::string> seen;
  for (const LockWant& w : wants) {
    if (w.kind != "file" || w.found || !seen.insert(w.key).second) continue;
    const std::string &url = w.fields.at("url"), &md5 = w.fields.at("md5");
    std::optional<TrustedFile> file = read_trusted(kTrustedFolder, url, md5);
    if (!file) {
      said["not_fetched"].push_back(url);
      if (!json)
        std::cout << "not fetched yet: " << url
                  << " (`ninja` notes its digest; then `mlpgen lock`)\n";
      continue;
    }
    LockEntry entry;
    entry.fields = {{"file_name", file->file_name},
                    {"sha256", file->sha256},
                    {"size", std::to_string(file->size)}};
    own.add(w.key, entry);
    said["entries"].push_back(w.key);
    if (!json) std::cout << "taken over: " << url << " has the SHA-256 " << file->sha256 << "\n";
    ++got;
  }
  return got;
}

// A run directory that takes its lock as it is keeps it as it is.
bool frozen(Session& s) {
  Result<std::optional<SavedRequest>> saved =
      s.usable ? read_saved_request() : std::optional<SavedRequest>();
  if (!saved)
    s.sink.error("damaged-request", {}, saved.error().message).with_help(saved.error().help);
  if (!saved) return true;
  if (!*saved || (*saved)->lock_use != LockUse::kFrozen) return false;
  s.sink
      .error("frozen-lock", {},
             "this run directory takes its lock as it is (--frozen), so nothing is written to it")
      .with_help("configure without --frozen first, or lock in another directory with -C");
  return true;
}

bool keep(Session& s, const Lock& own) {
  Status written = write_file(kLockName, own.to_text());
  if (!written)
    s.sink.error("unwritable-directory", {}, written.error().message)
        .with_help(written.error().help);
  return written.ok();
}

}  // namespace

static int run_lock(const CommandLine& line) {
  if (!line.words.empty() && line.words.front() == "diff") return run_lock_diff(line);
  Session s(line);
  if (frozen(s)) return s.finish();
  if (!s.open(line.words)) return s.finish();
  std::optional<Resolution> resolution = s.resolve_request();
  if (!resolution) return s.finish();
  std::optional<Planned> planned = s.plan(*resolution, false);
  if (!planned) return s.finish();
  std::vector<LockWant> wants = to_obtain(planned->wants, line.has("--update"));
  Lock own;
  own.read(kLockName, s.sources, s.sink);
  LockJson said = {
      {"format", 1}, {"entries", LockJson::array()}, {"not_fetched", LockJson::array()}};
  size_t taken = take_over(planned->wants, own, said, s.json);
  if (taken && !keep(s, own)) return s.finish();
  Lock known = s.lock;
  PackageAsker asker(s.installation.tool, known, s.sink);
  size_t number = 0, got = 0;
  for (const LockWant& w : wants) {
    if (!s.json) std::cerr << "[" << ++number << "/" << wants.size() << "] " << w.key << "\n";
    if (!asker.obtain(w)) continue;
    own.add(w.key, *known.find(w.key));
    ++got;
    said["entries"].push_back(w.key);
    // Kept after each entry, so that an interrupted run loses nothing.
    if (!keep(s, own)) return s.finish();
  }
  size_t asked = wants.size() + taken;
  said["missing"] = asked - taken - got;
  if (s.json)
    std::cout << said.dump(2) << "\n";
  else
    std::cout << (asked == 0 ? "nothing is missing in the locks"
                             : std::to_string(got + taken) + " of " + std::to_string(asked) +
                                   " entries written to " + kLockName)
              << "\n";
  return s.finish();
}

CommandEntry lock_entry() {
  return {
      "lock",
      "[REQUEST] | diff A B",
      "Resolve over the network what the locks do not have yet, into ./mlpgen.lock",
      std::string(
          R"(The only command that asks the network for versions. Without a request: that of this
run directory.
)") + kRequestHelp +
          R"(

`mlpgen lock diff A B` compares two locks, or those of two run directories: added, removed and
changed entries.

Examples:
  mlpgen lock --preset=demo
  mlpgen lock diff run1 run2)",
      {{"--update", "", "ask again for what is locked already"},
       kDirectoryOption,
       kLockFileOption,
       kTrustOption,
       kFormatOption,
       kHelpOption},
      true,
      run_lock};
}

}  // namespace mlpgen
