// Files that say what is there.
#include "command/run_directory/plan_state.h"

#include <algorithm>

#include "command/request/edges.h"
#include "file/file.h"
#include "store/store.h"
#include "store/trusted.h"

namespace mlpgen {

bool names_target(const std::string& word, const Library& library) {
  if (word.starts_with('-') || word.starts_with('_') || word.find(',') != std::string::npos)
    return false;
  std::vector<std::string> ids = library.ids();
  return std::find(ids.begin(), ids.end(), word) == ids.end();
}

std::vector<bool> done_edges(const Plan& plan) {
  std::vector<bool> done;
  for (const Edge& e : plan.edges)
    done.push_back(is_made(e.directory) &&
                   std::all_of(e.outputs.begin(), e.outputs.end(),
                               [&](Interned o) { return exists(e.directory + "/" + o.text()); }));
  return done;
}

void look_in_store(std::vector<Fetch>& fetches) {
  Result<std::string> root = Store::default_root();
  for (Fetch& f : fetches) {
    if (f.done || f.many || f.checked == "commit" || f.checked == "hashes") continue;
    std::string sha256 = f.sha256;
    if (sha256.empty()) {
      std::optional<TrustedFile> known = read_trusted(kTrustedFolder, f.asked_url, f.md5);
      if (!known && root) known = read_trusted(*root + "/trusted", f.asked_url, f.md5);
      if (!known) continue;
      f.trusted_since = known->when;
      f.bytes = known->size;
      sha256 = known->sha256;
    }
    f.stored = root && Store::holds(*root, sha256);
  }
}

}  // namespace mlpgen
