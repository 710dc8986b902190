// What every harness is told about the test, by flags of the same names.
#include "test_options.h"

#include <filesystem>

namespace mlpgen {
namespace {

std::array<uint64_t, 3> parse_seeds(const std::string& text) {
  std::array<uint64_t, 3> seeds{};
  size_t start = 0;
  for (size_t i = 0; i < 3; ++i) {
    const size_t comma = i < 2 ? text.find(',', start) : text.size();
    if (comma == std::string::npos) throw usage("--seeds needs three numbers: QSL,SAMPLE,SCHEDULE");
    seeds[i] = parse_number<uint64_t>(
        "--seeds", std::string_view(text).substr(start, comma - start), 0, UINT64_MAX);
    start = comma + 1;
  }
  return seeds;
}

std::vector<Flag> settings_flags(TestOptions& o) {
  return {
      {"--user-conf", "FILE", "LoadGen's settings, lines of `model.scenario.key = value`", true,
       [&o](auto& v) { o.user_conf = v; }},
      {"--audit-config", "FILE", "settings of a compliance test, over those of user.conf", false,
       [&o](auto& v) { o.audit_config = v; }},
      {"--seeds", "A,B,C", "the round's seeds: QSL, sample index, schedule (LoadGen's own)", false,
       [&o](auto& v) { o.seeds = parse_seeds(v); }},
      {"--performance-sample-count", "N", "samples in memory in a performance run (all)", false,
       [&o](auto& v) {
         o.performance_sample_count =
             parse_number<size_t>("--performance-sample-count", v, 1, 1u << 30);
       }},
  };
}

std::vector<Flag> output_flags(TestOptions& o) {
  return {
      {"--out", "DIR", "where LoadGen's logs and harness.json go; holds no other run", true,
       [&o](auto& v) { o.out = v; }},
      {"--sut-name", "NAME", "name of the system under test in the logs (mlpgen-cpp)", false,
       [&o](auto& v) { o.sut_name = v; }},
      {"--require-valid", "", "exit 3 if LoadGen calls a performance run INVALID", false,
       [&o](auto&) { o.require_valid = true; }},
  };
}

}  // namespace

std::vector<Flag> test_flags(TestOptions& o, const std::vector<std::string>& scenarios) {
  std::vector<Flag> flags = {
      {"--model-name", "NAME", "LoadGen's name of the model, as in user.conf: resnet50", true,
       [&o](auto& v) { o.model_name = v; }},
      {"--scenario", "NAME", "LoadGen's scenario: Offline, SingleStream, ...", true,
       [&o, scenarios](auto& v) { o.scenario = parse_choice("--scenario", v, scenarios); }},
      {"--mode", "NAME", "accuracy (every sample once) or performance", true,
       [&o](auto& v) {
         o.accuracy = parse_choice("--mode", v, {"accuracy", "performance"}) == "accuracy";
       }},
  };
  for (auto& more : {settings_flags(o), output_flags(o)})
    flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

void require_file(std::string_view flag, const std::string& path) {
  if (!std::filesystem::is_regular_file(path))
    throw Failure(std::string(flag) + " " + path + " names no file", "is the path right?");
}

void require_files(const TestOptions& options) {
  require_file("--user-conf", options.user_conf);
  if (!options.audit_config.empty()) require_file("--audit-config", options.audit_config);
}

}  // namespace mlpgen
