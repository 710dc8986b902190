// The command line -> what to run.
#include "options.h"

namespace mlpgen {
namespace {

std::vector<Flag> input_flags(Options& o) {
  return {
      {"--model", "FILE", "the model, ONNX", true, [&o](auto& v) { o.model = v; }},
      {"--onnxruntime", "LIB", "libonnxruntime.so.VERSION of the Python wheel onnxruntime", true,
       [&o](auto& v) { o.onnxruntime = v; }},
      {"--data", "FILE",
       "preprocessed samples, .npy of shape [n,...]; once for each file, in order", true,
       [&o](auto& v) { o.data.push_back(v); }, true},
      {"--task", "NAME", "detection or classification: how outputs become responses", true,
       [&o](auto& v) {
         o.task = parse_choice("--task", v, {"detection", "classification"});
       }},
      {"--label-offset", "N", "classification: added to the class that the model names (0)", false,
       [&o](auto& v) { o.label_offset = parse_number("--label-offset", v, -1000, 1000); }},
      {"--output", "NAME", "classification: the model's output (the first with classes or scores)",
       false, [&o](auto& v) { o.output = v; }},
  };
}

std::vector<Flag> executor_flags(ExecutorOptions& o) {
  return {
      {"--streams", "N", "sessions that run at the same time (1)", false,
       [&o](auto& v) { o.streams = parse_number("--streams", v, 1, 1024); }},
      {"--num_threads", "N", "intra-op threads of each session (1)", false,
       [&o](auto& v) { o.session.threads = parse_number("--num_threads", v, 1, 1024); }},
      {"--batch", "N", "samples in one run of the model, at most (1)", false,
       [&o](auto& v) { o.batch = parse_number<size_t>("--batch", v, 1, 65536); }},
      {"--warmup", "N", "runs of each session before the test (5)", false,
       [&o](auto& v) { o.warmup = parse_number("--warmup", v, 0, 100000); }},
      {"--spinning", "NAME", "on, or off: a thread that has nothing to do sleeps at once (on)",
       false,
       [&o](auto& v) {
         const bool on = parse_choice("--spinning", v, {"on", "off"}) == "on";
         o.session.config["session.intra_op.allow_spinning"] = on ? "1" : "0";
       }},
      {"--affinity", "NAME", "none, or compact: each session on cores of its own (none)", false,
       [&o](auto& v) {
         o.compact = parse_choice("--affinity", v, {"none", "compact"}) == "compact";
       }},
  };
}

std::vector<FlagGroup> flag_groups(Options& options) {
  return {{"Model and data", input_flags(options)},
          {"Test", test_flags(options, {"Offline", "Server", "SingleStream", "MultiStream"})},
          {"Execution", executor_flags(options.executor)}};
}

}  // namespace

Options parse_options(std::span<const char* const> words) {
  Options options;
  if (!parse_flags(words, flag_groups(options))) {
    options.help = true;
    return options;
  }
  require_file("--model", options.model);
  require_file("--onnxruntime", options.onnxruntime);
  for (const std::string& path : options.data) require_file("--data", path);
  require_files(options);
  return options;
}

std::string help_text() {
  Options any;
  return "mlperf-harness: one LoadGen run of an ONNX model on the CPU\n\n"
         "It loads preprocessed samples into memory, runs the model in ONNX Runtime and writes\n"
         "LoadGen's four logs and harness.json (what ran, and how) to the folder of --out.\n\n" +
         describe_flags(flag_groups(any)) +
         "Exit code: 0 done, 1 you can mend it, 2 the command line is not understood,\n"
         "3 INVALID and --require-valid was given. Without it the logs alone say INVALID.\n\n"
         "Example: mlperf-harness --model retinanet.onnx \\\n"
         "  --onnxruntime libonnxruntime.so.1.31.1 --data images.npy --task detection \\\n"
         "  --model-name retinanet --scenario Offline --mode accuracy --user-conf user.conf \\\n"
         "  --streams 2 --out accuracy\n";
}

}  // namespace mlpgen
