// The files of a commit and of its submodules in one folder, without .git.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/source_settings.h"
#include "git/git_program.h"
#include "git/git_tree.h"
#include "store/store.h"

namespace mlpgen::tool {

struct Patch {
  std::string file;  // absolute
  std::string
      folder;  // of the checkout, such as a submodule's, in which its names are; "": the top
};

struct CheckoutRequest {
  std::string url;
  std::string commit;  // 40 lower-case hexadecimal digits
  bool submodules = false;
  std::vector<Patch> patches;  // applied in this order
  std::string out;             // absolute; empty or not there
  SourceSettings settings;
};

// The files are read-only. Errors: those of GitRepository; unsafe-link (a link that leaves the
// folder), digest-differs (a disk that does not keep what was written), patch-does-not-fit.
Status check_out(const Store& store, const GitProgram& git, const CheckoutRequest& request);

}  // namespace mlpgen::tool
