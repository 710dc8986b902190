// LoadGen's lines to a request's keys.
#include "round/user_conf_file.h"

#include <algorithm>

#include "user_conf.h"

namespace mlpgen {
namespace {

// test_settings_internal.cc of LoadGen 6.0.17: what it calls open only stands last.
constexpr UserConfField kFields[] = {
    {"target_qps", "Offline", "CM_MLPERF_LOADGEN_OFFLINE_TARGET_QPS", false},
    {"target_qps", "Server", "CM_MLPERF_LOADGEN_SERVER_TARGET_QPS", false},
    {"target_latency", "SingleStream", "CM_MLPERF_LOADGEN_SINGLESTREAM_TARGET_LATENCY", false},
    {"target_latency", "MultiStream", "CM_MLPERF_LOADGEN_MULTISTREAM_TARGET_LATENCY", false},
    {"min_duration", "", "CM_MLPERF_USER_CONF_MIN_DURATION", false},
    {"max_duration", "", "CM_MLPERF_USER_CONF_MAX_DURATION", false},
    {"min_query_count", "", "CM_MLPERF_USER_CONF_MIN_QUERY_COUNT", false},
    {"max_query_count", "", "CM_MLPERF_USER_CONF_MAX_QUERY_COUNT", false},
    {"performance_sample_count_override", "", "CM_MLPERF_USER_CONF_PERFORMANCE_SAMPLE_COUNT",
     false},
    {"accuracy_sample_count_override", "", "CM_MLPERF_USER_CONF_ACCURACY_SAMPLE_COUNT", false},
    {"sample_concatenate_permutation", "", "CM_MLPERF_USER_CONF_SAMPLE_CONCATENATE_PERMUTATION",
     false},
    {"print_timestamps", "", "CM_MLPERF_USER_CONF_PRINT_TIMESTAMPS", false},
    {"coalesce_queries", "Server", "CM_MLPERF_USER_CONF_COALESCE_QUERIES", false},
    {"max_async_queries", "Server", "CM_MLPERF_USER_CONF_MAX_ASYNC_QUERIES", false},
    {"target_latency", "Server", "CM_MLPERF_USER_CONF_SERVER_TARGET_LATENCY", true},
    {"ttft_latency", "Server", "CM_MLPERF_USER_CONF_TTFT_LATENCY", true},
    {"tpot_latency", "Server", "CM_MLPERF_USER_CONF_TPOT_LATENCY", true},
    {"target_latency_percentile", "", "CM_MLPERF_USER_CONF_TARGET_LATENCY_PERCENTILE", true},
    {"samples_per_query", "MultiStream", "CM_MLPERF_USER_CONF_SAMPLES_PER_QUERY", true},
    {"use_token_latencies", "", "CM_MLPERF_USER_CONF_USE_TOKEN_LATENCIES", true},
    {"infer_token_latencies", "", "CM_MLPERF_USER_CONF_INFER_TOKEN_LATENCIES", true},
    {"token_latency_scaling_factor", "", "CM_MLPERF_USER_CONF_TOKEN_LATENCY_SCALING_FACTOR", true},
};

// The text of a line (1 is the first; 0: of the first one), without what surrounds it.
Span span_of_line(const std::string& text, SourceId source, int line) {
  size_t begin = 0;
  for (int at = 1; at < line && begin < text.size(); ++at)
    begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
  const size_t end = std::min(text.find('\n', begin), text.size());
  const size_t first = std::min(text.find_first_not_of(" \t", begin), end);
  return {source, static_cast<uint32_t>(first), static_cast<uint32_t>(end - first)};
}

const UserConfField* field_of(const std::string& name, const std::string& scenario) {
  auto at = std::find_if(std::begin(kFields), std::end(kFields), [&](const UserConfField& f) {
    return f.name == name && (f.scenario.empty() || f.scenario == scenario);
  });
  return at == std::end(kFields) ? nullptr : at;
}

// What LoadGen reads and the rules give to nobody but the compliance tests.
bool is_of_audit(const std::string& name) {
  return name.starts_with("performance_issue_") || name.starts_with("accuracy_log_");
}

}  // namespace

std::span<const UserConfField> user_conf_fields() { return kFields; }

std::string loadgen_name(const std::string& model) {
  if (model == "sdxl") return "stable-diffusion-xl";
  if (model == "efficientnet" || model == "mobilenet") return "resnet50";
  for (const char* accuracy : {"-99", "-99.9"})
    if (model.ends_with(accuracy))
      return model.substr(0, model.size() - std::string(accuracy).size());
  return model;
}

std::optional<std::vector<UserSetting>> load_user_conf(const Sources& sources, SourceId source,
                                                       const std::string& model,
                                                       const std::string& scenario, Sink& sink) {
  const std::string& text = sources.text(source);
  const bool interactive = scenario == "Interactive";
  const std::string name = loadgen_name(model) + (interactive ? "-interactive" : "");
  const std::string of = interactive ? "Server" : scenario;
  bool right = true;
  auto report = [&](int line, const std::string& message, const std::string& help) {
    right = false;
    sink.error("wrong-value", span_of_line(text, source, line), message).with_help(help);
  };
  for (const ConfProblem& p : check_user_conf(text, name))
    report(p.line, p.message,
           p.help.empty() ? "LoadGen would pass over this or misread it without a word" : p.help);
  std::vector<UserSetting> settings;
  if (right)
    for (const ConfSetting& s : settings_of_run(text, name, of)) {
      if (const UserConfField* field = field_of(s.key, of))
        settings.push_back({field, {s.value, span_of_line(text, source, s.line)}});
      else if (is_of_audit(s.key))
        report(s.line,
               s.key + " is set by the audit.config of a compliance test, not by a submitter",
               "take the line out");
    }
  if (!right) return std::nullopt;
  return settings;
}

}  // namespace mlpgen
