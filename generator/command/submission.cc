// mlpgen submission add: trees of other days and machines become a part of this request's tree.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "command/options.h"
#include "command/request/rerun.h"
#include "command/request/session.h"
#include "command/run_directory/state_lock.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr const char* kFlag = "--add_tree=";

int usage(Session& s, const std::string& why) {
  s.sink.error("usage", {}, why).with_help("type: mlpgen submission add TREE [TREE ...]");
  return s.finish_usage();
}

// A request that cannot be configured leaves the one of before.
int add(Session& s, const CommandLine& line, const std::vector<std::string>& trees) {
  LockFile alone = lock_state();
  std::vector<std::string> before = s.saved.words;
  for (const std::string& tree : trees) {
    std::string word = kFlag + tree;
    if (std::find(before.begin(), before.end(), word) == before.end())
      s.saved.words.push_back(word);
  }
  if (Status saved = write_saved_request(s.saved); !saved) {
    s.sink.error("unwritable-directory", {}, saved.error().message).with_help(saved.error().help);
    return s.finish();
  }
  alone = LockFile();  // configure takes it itself
  int code = configure_again(line);
  if (code != kDone) {
    s.saved.words = before;
    Status kept = write_saved_request(s.saved);
    if (!kept) std::cerr << kept.error().message << "\n";
    return code;
  }
  if (!s.json)
    std::cout << "submission/ will hold " << join(trees, ", ") << " too. Next: ninja submission\n";
  return kDone;
}

}  // namespace

static int run_submission(const CommandLine& line) {
  std::vector<std::string> trees;
  for (size_t i = 1; i < line.words.size(); ++i)  // before the run directory is entered
    trees.push_back(std::filesystem::absolute(line.words[i]).lexically_normal().string());
  Session s(line);
  if (line.words.empty() || line.words.front() != "add")
    return usage(s, line.words.empty()
                        ? "`mlpgen submission` needs a verb"
                        : "there is no `mlpgen submission " + line.words.front() + "`");
  if (trees.empty()) return usage(s, "`mlpgen submission add` needs a tree");
  if (!s.open_configured()) return s.finish();
  return add(s, line, trees);
}

CommandEntry submission_entry() {
  return {
      "submission",
      "add TREE [TREE ...]",
      "Merge submission trees of other days and machines into the one of this run directory",
      R"(Each TREE is a folder that holds open/ or closed/: submission/ of another run directory, or
an unpacked tarball, of the same round, division and submitter. The request is configured again with
--add_tree=TREE; `ninja submission` then merges the trees, keyed by system, checks the result and
packs it. Two results of one system, model and scenario, or two descriptions of one system, are an
error.

Examples:
  mlpgen submission add ../box2/submission
  mlpgen submission add ~/monday ~/tuesday && ninja submission)",
      {kDirectoryOption, kTrustOption, kFormatOption, kHelpOption},
      false,
      run_submission};
}

}  // namespace mlpgen
