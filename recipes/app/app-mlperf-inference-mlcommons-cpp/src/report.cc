// What ran, and how -> harness.json (format 1).
#include "report.h"

#include <filesystem>
#include <fstream>

#include "version.h"

namespace mlpgen {
namespace {

using Json = nlohmann::ordered_json;

std::string read_word(const std::string& path) {
  std::ifstream in(path);
  std::string word;
  return in >> word ? word : "unknown";
}

Json describe_tensors(const std::vector<TensorSpec>& tensors) {
  Json list = Json::array();
  for (const TensorSpec& t : tensors)
    list.push_back({{"name", t.name}, {"tensor", describe(t.type, t.shape)}});
  return list;
}

Json describe_test(const Options& options) {
  Json test = {{"model_name", options.model_name},
               {"scenario", options.scenario},
               {"mode", options.accuracy ? "accuracy" : "performance"},
               {"task", options.task},
               {"sut_name", options.sut_name}};
  if (options.task == "classification") test["label_offset"] = options.label_offset;
  if (options.seeds) test["seeds"] = *options.seeds;
  if (!options.audit_config.empty())
    test["audit_config"] = std::filesystem::path(options.audit_config).filename().string();
  return test;
}

}  // namespace

Json describe_host() {
  std::ifstream in("/proc/loadavg");
  std::array<double, 3> load{};
  for (double& value : load) in >> value;
  return {{"load_average", load},
          {"governor", read_word("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")},
          {"allowed_cores", allowed_cores()}};
}

Json describe_run(const Options& options, const OrtLibrary& library, const Executor& executor,
                  const SampleLibrary& samples, const Sut& sut, const RunLog& log,
                  const Json& host) {
  const SampleType& type = samples.type();
  Json errors = Json::array();
  for (const LogError& error : log.errors)
    errors.push_back({{"key", error.key}, {"text", error.text}});
  return {
      {"format", 1},
      {"test", describe_test(options)},
      {"execution",
       {{"streams", options.executor.streams},
        {"threads", options.executor.threads},
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
      {"result",
       {{"validity", log.validity},
        {"reasons", log.reasons},
        {"loadgen_errors", errors},
        {"samples_issued", sut.issued()},
        {"samples_completed", sut.completed()}}},
  };
}

}  // namespace mlpgen
