// What the command lines of the subcommands that fetch many files have in common.
#pragma once

#include <string>

#include "tool/list_fetch.h"
#include "tool/options.h"
#include "tool/source_options.h"

namespace mlpgen::tool {

struct ListOptions {
  ListRequest request;
  SourceOptions sources;
  std::string folder = "files";  // of the files, below `out`
  std::string out;
};

// --out, --folder, --sha256, --trusted, --connections, --tries, --stall-timeout and those of the sources.
void add_list_options(CLI::App& app, ListOptions& options);
// What CLI11 cannot check, and the settings of the sources. Errors: usage, those of SourceOptions::read.
Status complete_list_options(ListOptions& options);

}  // namespace mlpgen::tool
