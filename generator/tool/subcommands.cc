// The table of this folder's subcommands.
#include "tool/subcommands.h"

namespace mlpgen::tool {

std::span<const Subcommand> tool_commands() {
  static const Subcommand kCommands[] = {
      {"package", kPackageAbout, run_package},
      {"fetch", kFetchAbout, run_fetch},
      {"fetch-list", kFetchListAbout, run_fetch_list},
      {"fetch-folder", kFetchFolderAbout, run_fetch_folder},
      {"git", kGitAbout, run_git},
      {"extract", kExtractAbout, run_extract},
      {"python-environment", kEnvironmentAbout, run_environment},
      {"lock-packages", kLockPackagesAbout, run_lock_packages},
      {"render", kRenderAbout, run_render},
      {"json", kJsonAbout, run_json},
      {"tree", kTreeAbout, run_tree},
      {"checkout-state", kCheckoutStateAbout, run_checkout_state},
      {"link-local", kLinkLocalAbout, run_link_local},
      {"build", kBuildAbout, run_build},
      {"transcript", kTranscriptAbout, run_transcript},
      {"refuse", kRefuseAbout, run_refuse},
  };
  return kCommands;
}

}  // namespace mlpgen::tool
