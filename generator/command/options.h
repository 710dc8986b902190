// Options and words that several commands take.
#pragma once

#include <string>

#include "command/command.h"

namespace mlpgen {

inline const CommandOption kDirectoryOption = {
    "-C", "DIR", "work in that run directory (it is made when it is not there)"};
inline const CommandOption kFormatOption = {"--format", "text|json",
                                            "how to print; diagnostics as well"};
inline const CommandOption kQuietOption = {"--quiet", "", "print nothing but errors and warnings",
                                           "-q"};
inline const CommandOption kVerboseOption = {"--verbose", "",
                                             "print every default with its location as well", "-v"};
inline const CommandOption kHelpOption = {"--help", "", "print this text"};
inline const CommandOption kTrustOption = {
    "--trust", "DIR",
    "also use the recipes and rules in DIR; DIR may be a run directory of another user, whose "
    "request then counts"};
inline const CommandOption kMirrorOption = {"--mirror", "PREFIX=URL",
                                            "fetch URLs that begin with PREFIX from URL instead; "
                                            "only the same bytes are accepted (may be repeated)"};
inline const CommandOption kOfflineOption = {
    "--offline", "",
    "fetch nothing over the network; MLPGEN_OFFLINE=1 does the same for one ninja"};
inline const CommandOption kVendorOption = {
    "--vendor", "DIR",
    "take objects that the store lacks from DIR, made by `mlpgen vendor`; its lock counts too"};
inline const CommandOption kLockedOption = {
    "--locked", "",
    "stop if the lock is stale: it lacks an entry for this request, or contradicts a recipe"};
inline const CommandOption kFrozenOption = {"--frozen", "",
                                            "take the lock as it is: its digests override the "
                                            "recipes', and `mlpgen lock` writes nothing here"};
inline const CommandOption kLockFileOption = {
    "--lock", "FILE", "also use this lock; its entries override all others"};

inline const std::string kRequestHelp =
    R"(A request is: tags or a recipe's id (left out: run-mlperf-inference-app), variations (_name),
flags (--model=retinanet), --env.KEY=VALUE, --adr.NAME.FIELD=VALUE (FIELD: tags, version,
version_min, version_max, name, env.KEY), --preset=NAME, --version=V, --version_min=V,
--version_max=V of the recipe that is asked for.)";

}  // namespace mlpgen
