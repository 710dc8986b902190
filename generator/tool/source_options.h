// --mirror, --offline and --settings of the subcommands that use the network.
#pragma once

#include <string>
#include <vector>

#include "tool/options.h"
#include "tool/source_settings.h"

namespace mlpgen::tool {

class SourceOptions {
 public:
  void add_to(CLI::App& app);
  // What the command line says, then the environment, then the file of --settings.
  Result<SourceSettings> read() const;

 private:
  std::vector<std::string> mirrors_;
  std::string file_;
  bool offline_ = false;
};

}  // namespace mlpgen::tool
