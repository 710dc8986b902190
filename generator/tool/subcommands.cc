// The table of this folder's subcommands.
#include "tool/subcommands.h"

namespace mlpgen {

std::span<const Subcommand> tool_commands() {
  static const Subcommand kCommands[] = {
      {"package", kPackageAbout, run_package},
      {"extract", kExtractAbout, run_extract},
      {"python-environment", kEnvironmentAbout, run_environment},
      {"lock-packages", kLockPackagesAbout, run_lock_packages},
      {"render", kRenderAbout, run_render},
      {"json", kJsonAbout, run_json},
  };
  return kCommands;
}

}  // namespace mlpgen
