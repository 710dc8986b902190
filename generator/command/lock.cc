// mlpgen lock: resolves over the network what the request needs and the locks do not have, into
// ./mlpgen.lock.
#include <algorithm>
#include <iostream>
#include <set>

#include "base/file.h"
#include "command/package_lock.h"
#include "command/session.h"

namespace mlpgen {
namespace {

constexpr const char* kLockName = "mlpgen.lock";

// Packages first: an environment may need the uv among them. Each once.
std::vector<LockWant> to_obtain(const std::vector<LockWant>& wants, bool update) {
  std::vector<LockWant> all;
  std::set<std::string> seen;
  for (const char* kind : {"package", "python-environment"})
    for (const LockWant& w : wants)
      if (w.kind == kind && (update || !w.found) && seen.insert(w.key).second) all.push_back(w);
  return all;
}

}  // namespace

int run_lock(const CommandLine& line) {
  Session s(line);
  if (!s.open(line.words)) return s.finish();
  std::optional<Resolution> resolution = s.resolve_request();
  if (!resolution) return s.finish();
  std::optional<Planned> planned = s.plan(*resolution, false);
  if (!planned) return s.finish();
  std::vector<LockWant> wants = to_obtain(planned->wants, line.has("--update"));
  Lock own;
  own.read(kLockName, s.sources, s.sink);
  Lock known = s.lock;
  PackageAsker asker(s.installation.tool, known, s.sink);
  size_t number = 0, got = 0;
  for (const LockWant& w : wants) {
    std::cerr << "[" << ++number << "/" << wants.size() << "] " << w.key << "\n";
    if (!asker.obtain(w)) continue;
    own.add(w.key, *known.find(w.key));
    ++got;
    // Kept after each entry, so that an interrupted run loses nothing.
    if (Status written = write_file(kLockName, own.to_text()); !written) {
      s.sink.error("unwritable-directory", {}, written.error().message)
          .with_help(written.error().help);
      return s.finish();
    }
  }
  std::cout << (wants.empty() ? "nothing is missing in the locks"
                              : std::to_string(got) + " of " + std::to_string(wants.size()) +
                                    " entries written to " + kLockName)
            << "\n";
  return s.finish();
}

}  // namespace mlpgen
