// What no recipe sets of the subcommands that use the network: how they ask, and what they may
// take.
#pragma once

#include <vector>

#include "base/subcommand.h"
#include "fetch/source_settings.h"

namespace mlpgen::tool {

// --offline and --settings; with --mirror; and with --trusted, --tries, --stall-timeout,
// --max-bytes.
std::vector<Parameter> offline_parameters();
std::vector<Parameter> source_parameters();
std::vector<Parameter> transfer_parameters();

// What the command line says, then the environment, then the file of --settings.
Result<SourceSettings> read_sources(const Arguments& arguments);

// Into a FetchRequest, or the limits of a list.
struct TransferLimits {
  unsigned tries = 0, stall_seconds = 0;
  uint64_t max_bytes = 0;
  std::string trusted;  // in a run directory by itself .mlpgen/trusted
};
Result<TransferLimits> read_limits(const Arguments& arguments);

// Errors: usage, outside of [least, most].
Result<unsigned> number_within(const Arguments& arguments, const std::string& name, uint64_t least,
                               uint64_t most);

// Who fetches says what it must be: 64 hexadecimal digits, or that what comes first is trusted.
Status expect_digest(const std::string& sha256, const std::string& trusted);

}  // namespace mlpgen::tool
