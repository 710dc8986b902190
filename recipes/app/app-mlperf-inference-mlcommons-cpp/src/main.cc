// Command line -> one LoadGen run, its four logs and harness.json.
#include <iostream>
#include <memory>

#include "loadgen_run.h"
#include "report.h"
#include "task.h"

namespace mlpgen {
namespace {

void run(const Options& options) {
  prepare_run(options);
  const nlohmann::ordered_json host = describe_host();
  const OrtLibrary library(options.onnxruntime);
  SampleLibrary samples(options.data, options.performance_sample_count);
  const auto task = make_task(options.task, {samples.type(), options.label_offset, options.output});
  Sut sut(options.sut_name);
  samples.LoadSamplesToRam({0});
  Executor executor(
      library, options.model, *task, samples, options.executor,
      [&sut](auto batch, auto responses) { sut.complete(batch, responses); }, give_up);
  samples.UnloadSamplesFromRam({0});
  sut.connect(executor);
  const RunLog log = run_loadgen(options, sut, samples, sut.counts());
  write_report(options.out, describe_run(options, library, executor, samples, sut, log, host));
  check_run(options, log, sut.counts(), samples.count());
}

}  // namespace
}  // namespace mlpgen

int main(int argc, char** argv) {
  return mlpgen::guarded([argc, argv] {
    const mlpgen::Options options =
        mlpgen::parse_options({argv + 1, static_cast<size_t>(argc > 0 ? argc - 1 : 0)});
    if (options.help)
      std::cout << mlpgen::help_text();
    else
      mlpgen::run(options);
  });
}
