// Command line -> one LoadGen run of a language model, its logs and harness.json.
#include <fstream>
#include <iostream>

#include "language_options.h"
#include "language_sut.h"
#include "loadgen_run.h"
#include "run_report.h"
#include "version.h"

namespace mlpgen {
namespace {

nlohmann::ordered_json describe_run(const LanguageOptions& options, const LanguageModel& model,
                                    const PromptLibrary& prompts, const Generator& generator,
                                    const LanguageSut& sut, const RunLog& log,
                                    const nlohmann::ordered_json& host) {
  const GeneratorOptions& how = options.generator;
  nlohmann::ordered_json result = describe_result(log, sut.counts());
  result["tokens"] = sut.tokens();
  result["steps"] = generator.steps();
  return {{"format", 1},
          {"test", describe_test(options)},
          {"execution",
           {{"threads", how.threads},
            {"batch", how.batch},
            {"min_tokens", how.min_tokens},
            {"max_tokens", how.max_tokens},
            {"decoding", "greedy"},
            {"warmup_batches", how.warmup},
            {"warmup_seconds", generator.warmup_seconds()}}},
          {"model",
           {{"description", model.description()},
            {"parameters", model.parameters()},
            {"bytes", model.bytes()}}},
          {"data",
           {{"samples", prompts.count()},
            {"prompt_tokens", prompts.all_tokens()},
            {"longest_prompt", prompts.longest()}}},
          {"versions", {{"loadgen", mlperf::LoadgenVersion()}}},
          {"llama_cpp", llama_print_system_info()},
          {"host", host},
          {"result", result}};
}

// answers.jsonl: the answers of an accuracy run as texts, in the order of the prompts.
void write_answers(const std::string& dir, const LanguageModel& model, const LanguageSut& sut) {
  std::ofstream out(dir + "/answers.jsonl");
  for (const auto& [index, tokens] : sut.answers())
    out << nlohmann::ordered_json{{"prompt", index}, {"answer", model.detokenize(tokens)}}.dump(
               -1, ' ', false, nlohmann::json::error_handler_t::replace)
        << "\n";
  if (!out.flush()) throw Failure("cannot write " + dir + "/answers.jsonl");
}

void run(const LanguageOptions& options) {
  prepare_run(options);
  const nlohmann::ordered_json host = describe_host();
  const LanguageModel model(options.model);
  PromptLibrary prompts(options.prompts, model, options.performance_sample_count);
  LanguageSut sut(options.sut_name, options.scenario != "Offline", options.accuracy);
  prompts.LoadSamplesToRam({0});
  Generator generator(model, prompts, options.generator,
                      {[&sut](auto& work, auto token) { sut.first_token(work, token); },
                       [&sut](auto& work, auto answer) { sut.complete(work, answer); }, give_up});
  prompts.UnloadSamplesFromRam({0});
  sut.connect(generator);
  const RunLog log = run_loadgen(options, sut, prompts, sut.counts());
  write_report(options.out, describe_run(options, model, prompts, generator, sut, log, host));
  write_answers(options.out, model, sut);
  check_run(options, log, sut.counts(), prompts.count());
}

}  // namespace
}  // namespace mlpgen

int main(int argc, char** argv) {
  return mlpgen::guarded([argc, argv] {
    const mlpgen::LanguageOptions options =
        mlpgen::parse_options({argv + 1, static_cast<size_t>(argc > 0 ? argc - 1 : 0)});
    if (options.help)
      std::cout << mlpgen::help_text();
    else
      mlpgen::run(options);
  });
}
