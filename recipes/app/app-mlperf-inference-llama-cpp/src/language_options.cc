// The command line -> what to run.
#include "language_options.h"

namespace mlpgen {
namespace {

std::vector<Flag> input_flags(LanguageOptions& o) {
  return {
      {"--model", "FILE", "the model, GGUF", true, [&o](auto& v) { o.model = v; }},
      {"--prompts", "FILE", "one `{\"prompt\": TEXT}` a line, given to the model as it is", true,
       [&o](auto& v) { o.prompts = v; }},
  };
}

std::vector<Flag> generator_flags(GeneratorOptions& o) {
  return {
      {"--num_threads", "N", "threads that run the model (1)", false,
       [&o](auto& v) { o.threads = parse_number("--num_threads", v, 1, 1024); }},
      {"--batch", "N", "answers that grow at the same time, at most (1)", false,
       [&o](auto& v) { o.batch = parse_number<size_t>("--batch", v, 1, 256); }},
      {"--max-tokens", "N", "tokens of an answer, at most; it is cut there", true,
       [&o](auto& v) { o.max_tokens = parse_number<size_t>("--max-tokens", v, 2, 1u << 20); }},
      {"--min-tokens", "N", "tokens before the one that ends an answer, and it (2)", false,
       [&o](auto& v) { o.min_tokens = parse_number<size_t>("--min-tokens", v, 2, 1u << 20); }},
      {"--warmup", "N", "full batches before the test (1)", false,
       [&o](auto& v) { o.warmup = parse_number("--warmup", v, 0, 1000); }},
  };
}

std::vector<FlagGroup> flag_groups(LanguageOptions& options) {
  return {{"Model and data", input_flags(options)},
          {"Test", test_flags(options, {"Offline", "Server", "SingleStream"})},
          {"Execution", generator_flags(options.generator)}};
}

}  // namespace

LanguageOptions parse_options(std::span<const char* const> words) {
  LanguageOptions options;
  if (!parse_flags(words, flag_groups(options))) {
    options.help = true;
    return options;
  }
  if (options.generator.min_tokens > options.generator.max_tokens)
    throw usage("--min-tokens is more than --max-tokens");
  require_file("--model", options.model);
  require_file("--prompts", options.prompts);
  require_files(options);
  return options;
}

std::string help_text() {
  LanguageOptions any;
  return "mlperf-language-harness: one LoadGen run of a language model on the CPU\n\n"
         "It answers prompts with llama.cpp, greedily and many at a time, and writes LoadGen's\n"
         "logs and harness.json (what ran, and how) to the folder of --out. The benchmark's\n"
         "Interactive is --scenario Server with the model name MODEL-interactive.\n\n" +
         describe_flags(flag_groups(any)) +
         "Exit code: 0 done, 1 you can mend it, 2 the command line is not understood,\n"
         "3 INVALID and --require-valid was given. Without it the logs alone say INVALID.\n\n"
         "Example: mlperf-language-harness --model SmolLM2.gguf --prompts prompts.jsonl \\\n"
         "  --model-name llama3_1-8b --scenario Offline --mode accuracy --user-conf user.conf \\\n"
         "  --max-tokens 16 --batch 32 --num_threads 2 --out accuracy\n";
}

}  // namespace mlpgen
