// Arguments into the settings of the network.
#include "fetch/transfer_options.h"

#include "fetch/network.h"
#include "file/digest.h"
#include "file/file.h"

namespace mlpgen::tool {

using Type = Parameter::Type;

std::vector<Parameter> offline_parameters() {
  return {{"offline", Type::kBool,
           "take it from the store or from a file:// mirror, or fail; likewise MLPGEN_OFFLINE=1"},
          {"settings",
           Type::kText,
           "JSON {format: 1, mirrors: [PREFIX=URL], offline: bool}, read where it is there",
           false,
           {".mlpgen/fetch.json"}}};
}

std::vector<Parameter> source_parameters() {
  std::vector<Parameter> parameters = offline_parameters();
  parameters.push_back({"mirror", Type::kList,
                        "PREFIX=URL: ask URL + rest for URLs that begin with PREFIX. MLPGEN_MIRROR "
                        "has more of them, with blanks between them"});
  return parameters;
}

std::vector<Parameter> transfer_parameters() {
  std::vector<Parameter> parameters = source_parameters();
  parameters.insert(
      parameters.end(),
      {{"trusted", Type::kText,
        "without a digest: folder for a record of the one that the first fetch brought; in a run "
        "directory .mlpgen/trusted"},
       {"tries",
        Type::kInt,
        "calls in a row without a byte before a URL is given up",
        false,
        {"4"}},
       {"stall_timeout",
        Type::kInt,
        "seconds without a byte (without a digest: under 1 kB/s) before a call is stopped",
        false,
        {"60"}},
       {"max_bytes",
        Type::kInt,
        "bytes that a file of unknown digest and size may have",
        false,
        {std::to_string(kMostUnknownBytes)}}});
  return parameters;
}

Result<SourceSettings> read_sources(const Arguments& arguments) {
  SourceSettings settings;
  settings.offline = arguments.yes("offline");
  if (arguments.has("mirror"))
    for (const std::string& word : arguments.list("mirror")) {
      Result<Mirror> mirror = expect_mirror(word);
      if (!mirror) return mirror.error();
      settings.mirrors.push_back(*mirror);
    }
  if (Status s = add_settings(settings, arguments.text("settings")); !s) return s.error();
  return settings;
}

Result<unsigned> number_within(const Arguments& arguments, const std::string& name, uint64_t least,
                               uint64_t most) {
  uint64_t number = *arguments.number(name);
  if (number >= least && number <= most) return static_cast<unsigned>(number);
  return named_error("usage", option_of(name) + " " + arguments.text(name) + " is out of range",
                     "give a number from " + std::to_string(least) + " to " + std::to_string(most));
}

Result<TransferLimits> read_limits(const Arguments& arguments) {
  TransferLimits limits;
  Result<unsigned> tries = number_within(arguments, "tries", 1, 100);
  if (!tries) return tries.error();
  Result<unsigned> stall = number_within(arguments, "stall_timeout", 1, 86400);
  if (!stall) return stall.error();
  limits.tries = *tries;
  limits.stall_seconds = *stall;
  limits.max_bytes = *arguments.number("max_bytes");
  limits.trusted = arguments.text("trusted");
  if (limits.trusted.empty() && exists(".mlpgen")) limits.trusted = ".mlpgen/trusted";
  return limits;
}

Status expect_digest(const std::string& sha256, const std::string& trusted) {
  if (is_sha256(sha256) || (sha256.empty() && !trusted.empty())) return Done{};
  return named_error(
      "usage", "'" + sha256 + "' is no SHA-256",
      "give 64 hexadecimal digits by --sha256, or a folder for a record of the first "
      "fetch by --trusted");
}

}  // namespace mlpgen::tool
