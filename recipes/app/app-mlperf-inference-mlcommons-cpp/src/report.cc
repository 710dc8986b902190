// What ran, and how -> harness.json (format 1).
#include "report.h"

#include "version.h"

namespace mlpgen {
namespace {

using Json = nlohmann::ordered_json;

Json describe_tensors(const std::vector<TensorSpec>& tensors) {
  Json list = Json::array();
  for (const TensorSpec& t : tensors)
    list.push_back({{"name", t.name}, {"tensor", describe(t.type, t.shape)}});
  return list;
}

Json describe_task(const Options& options) {
  Json test = describe_test(options);
  test["task"] = options.task;
  if (options.task == "classification") test["label_offset"] = options.label_offset;
  return test;
}

}  // namespace

Json describe_run(const Options& options, const OrtLibrary& library, const Executor& executor,
                  const SampleLibrary& samples, const Sut& sut, const RunLog& log,
                  const Json& host) {
  const SampleType& type = samples.type();
  return {
      {"format", 1},
      {"test", describe_task(options)},
      {"execution",
       {{"streams", options.executor.streams},
        {"threads", options.executor.session.threads},
        {"session", options.executor.session.config},
        {"batch", options.executor.batch},
        {"affinity", options.executor.compact ? "compact" : "none"},
        {"cores", executor.cores()},
        {"warmup_runs", options.executor.warmup},
        {"warmup_seconds", executor.warmup_seconds()}}},
      {"model",
       {{"inputs", describe_tensors(executor.spec().inputs)},
        {"outputs", describe_tensors(executor.spec().outputs)}}},
      {"data", {{"samples", samples.count()}, {"sample", describe(type.type, type.shape)}}},
      {"versions", {{"onnxruntime", library.version()}, {"loadgen", mlperf::LoadgenVersion()}}},
      {"host", host},
      {"result", describe_result(log, sut.counts())},
  };
}

}  // namespace mlpgen
