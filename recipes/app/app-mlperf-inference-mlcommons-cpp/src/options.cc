// The command line -> what to run.
#include "options.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <string_view>

#include "failure.h"

namespace mlpgen {
namespace {

Failure usage(const std::string& message, const std::string& help = "see mlperf-harness --help") {
  return Failure(message, help, kExitUsage);
}

template <typename T>
T parse_number(std::string_view flag, std::string_view text, T min, T max) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < min || number > max)
    throw usage(std::string(flag) + " '" + std::string(text) + "' is not a whole number from " +
                std::to_string(min) + " to " + std::to_string(max));
  return number;
}

std::string parse_choice(std::string_view flag, const std::string& text,
                         const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
  std::string list;
  for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
  throw usage(std::string(flag) + " has no '" + text + "'", "take one of: " + list);
}

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

// One flag: its name, what stands for its value in the help (empty: it takes none), what it means,
// and what it sets.
struct Flag {
  std::string_view name, value, about;
  bool required;
  std::function<void(Options&, const std::string&)> set;
};

std::vector<Flag> input_flags() {
  return {
      {"--model", "FILE", "the model, ONNX", true, [](auto& o, auto& v) { o.model = v; }},
      {"--onnxruntime", "LIB", "libonnxruntime.so.VERSION of the Python wheel onnxruntime", true,
       [](auto& o, auto& v) { o.onnxruntime = v; }},
      {"--data", "FILE",
       "preprocessed samples, .npy of shape [n,...]; once for each file, in order", true,
       [](auto& o, auto& v) { o.data.push_back(v); }},
      {"--task", "NAME", "detection or classification: how outputs become responses", true,
       [](auto& o, auto& v) {
         o.task = parse_choice("--task", v, {"detection", "classification"});
       }},
      {"--label-offset", "N", "classification: added to the class that the model names (0)", false,
       [](auto& o, auto& v) { o.label_offset = parse_number("--label-offset", v, -1000, 1000); }},
      {"--output", "NAME", "classification: the model's output (the first with classes or scores)",
       false, [](auto& o, auto& v) { o.output = v; }},
      {"--model-name", "NAME", "LoadGen's name of the model, as in user.conf: retinanet, resnet50",
       true, [](auto& o, auto& v) { o.model_name = v; }},
  };
}

std::vector<Flag> test_flags() {
  return {
      {"--scenario", "NAME", "Offline, Server, SingleStream or MultiStream", true,
       [](auto& o, auto& v) {
         o.scenario =
             parse_choice("--scenario", v, {"Offline", "Server", "SingleStream", "MultiStream"});
       }},
      {"--mode", "NAME", "accuracy (every sample once) or performance", true,
       [](auto& o, auto& v) {
         o.accuracy = parse_choice("--mode", v, {"accuracy", "performance"}) == "accuracy";
       }},
      {"--user-conf", "FILE", "LoadGen's settings, lines of `model.scenario.key = value`", true,
       [](auto& o, auto& v) { o.user_conf = v; }},
      {"--audit-config", "FILE", "settings of a compliance test, over those of user.conf", false,
       [](auto& o, auto& v) { o.audit_config = v; }},
      {"--seeds", "A,B,C", "the round's seeds: QSL, sample index, schedule (LoadGen's own)", false,
       [](auto& o, auto& v) { o.seeds = parse_seeds(v); }},
      {"--performance-sample-count", "N", "samples in memory in a performance run (all)", false,
       [](auto& o, auto& v) {
         o.performance_sample_count =
             parse_number<size_t>("--performance-sample-count", v, 1, 1u << 30);
       }},
      {"--out", "DIR", "where LoadGen's logs and harness.json go; holds no other run", true,
       [](auto& o, auto& v) { o.out = v; }},
      {"--sut-name", "NAME", "name of the system under test in the logs (mlpgen-cpp)", false,
       [](auto& o, auto& v) { o.sut_name = v; }},
      {"--require-valid", "", "exit 3 if LoadGen calls a performance run INVALID", false,
       [](auto& o, auto&) { o.require_valid = true; }},
  };
}

std::vector<Flag> executor_flags() {
  return {
      {"--streams", "N", "sessions that run at the same time (1)", false,
       [](auto& o, auto& v) { o.executor.streams = parse_number("--streams", v, 1, 1024); }},
      {"--num_threads", "N", "intra-op threads of each session (1)", false,
       [](auto& o, auto& v) { o.executor.threads = parse_number("--num_threads", v, 1, 1024); }},
      {"--batch", "N", "samples in one run of the model, at most (1)", false,
       [](auto& o, auto& v) { o.executor.batch = parse_number<size_t>("--batch", v, 1, 65536); }},
      {"--warmup", "N", "runs of each session before the test (5)", false,
       [](auto& o, auto& v) { o.executor.warmup = parse_number("--warmup", v, 0, 100000); }},
      {"--affinity", "NAME", "none, or compact: each session on cores of its own (none)", false,
       [](auto& o, auto& v) {
         o.executor.compact = parse_choice("--affinity", v, {"none", "compact"}) == "compact";
       }},
  };
}

std::vector<Flag> all_flags() {
  std::vector<Flag> flags = input_flags();
  for (auto& more : {test_flags(), executor_flags()})
    flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

void check_files(const Options& options) {
  std::vector<std::pair<std::string, std::string>> files = {{"--model", options.model},
                                                            {"--onnxruntime", options.onnxruntime},
                                                            {"--user-conf", options.user_conf}};
  for (const std::string& path : options.data) files.emplace_back("--data", path);
  if (!options.audit_config.empty()) files.emplace_back("--audit-config", options.audit_config);
  for (const auto& [flag, path] : files)
    if (!std::filesystem::is_regular_file(path))
      throw Failure(flag + " " + path + " names no file", "is the path right?");
}

}  // namespace

Options parse_options(std::span<const char* const> words) {
  Options options;
  const std::vector<Flag> flags = all_flags();
  std::vector<std::string_view> given;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--help" || word == "-h") {
      options.help = true;
      return options;
    }
    const auto flag =
        std::find_if(flags.begin(), flags.end(), [&](const Flag& f) { return f.name == word; });
    if (flag == flags.end()) throw usage("there is no flag '" + std::string(word) + "'");
    if (word != "--data" && std::find(given.begin(), given.end(), word) != given.end())
      throw usage(std::string(word) + " is given twice");
    given.push_back(flag->name);
    if (!flag->value.empty() && ++i == words.size())
      throw usage(std::string(word) + " needs a value: " + std::string(flag->value));
    flag->set(options, flag->value.empty() ? std::string() : std::string(words[i]));
  }
  for (const Flag& flag : flags)
    if (flag.required && std::find(given.begin(), given.end(), flag.name) == given.end())
      throw usage(std::string(flag.name) + " " + std::string(flag.value) + " is missing");
  check_files(options);
  return options;
}

std::string help_text() {
  std::string text =
      "mlperf-harness: one LoadGen run of an ONNX model on the CPU\n\n"
      "It loads preprocessed samples into memory, runs the model in ONNX Runtime and writes\n"
      "LoadGen's four logs and harness.json (what ran, and how) to the folder of --out.\n\n";
  for (const auto& [title, flags] :
       {std::pair("Model and data", input_flags()), std::pair("Test", test_flags()),
        std::pair("Execution", executor_flags())}) {
    text += std::string(title) + "\n";
    for (const Flag& flag : flags) {
      std::string left = "  " + std::string(flag.name) + " " + std::string(flag.value);
      left.resize(std::max<size_t>(left.size() + 1, 33), ' ');
      text += left + std::string(flag.about) + (flag.required ? " [needed]" : "") + "\n";
    }
    text += "\n";
  }
  return text +
         "Exit code: 0 done, 1 you can mend it, 2 the command line is not understood,\n"
         "3 INVALID and --require-valid was given. Without it the logs alone say INVALID.\n\n"
         "Example: mlperf-harness --model retinanet.onnx \\\n"
         "  --onnxruntime libonnxruntime.so.1.31.1 --data images.npy --task detection \\\n"
         "  --model-name retinanet --scenario Offline --mode accuracy --user-conf user.conf \\\n"
         "  --streams 2 --out accuracy\n";
}

}  // namespace mlpgen
