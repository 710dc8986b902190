// Files to env keys.
#include "resolve/run_settings.h"

#include <algorithm>

#include "round/user_conf_file.h"

namespace mlpgen {
namespace {

constexpr const char* kSystemKey = "CM_MLPERF_INFERENCE_SUT_VARIATION";  // of --sut
constexpr const char* kUserConfKey = "CM_MLPERF_USER_CONF_FILE";         // of --user_conf

std::string file_of(Frame& frame, const char* key) { return frame.text_of(key).value_or(""); }

bool is_said(Frame& frame, const std::string& key) {
  return !frame.text_of(key).value_or("").empty();
}

// A target for whichever scenario is run counts too.
bool has_target(Frame& frame, const std::string& key) {
  const bool rate = key.ends_with("_TARGET_QPS");
  const bool latency = key.ends_with("STREAM_TARGET_LATENCY");
  return is_said(frame, key) || (rate && is_said(frame, "CM_MLPERF_LOADGEN_TARGET_QPS")) ||
         (latency && is_said(frame, "CM_MLPERF_LOADGEN_TARGET_LATENCY"));
}

// The key of the target of a scenario; "" where it has none.
std::string target_key(const std::string& scenario) {
  const std::string of = scenario == "Interactive" ? "Server" : scenario;
  for (const UserConfField& f : user_conf_fields())
    if (f.scenario == of && !f.open_only && f.name.starts_with("target_"))
      return std::string(f.key);
  return "";
}

}  // namespace

std::vector<std::string> run_settings_keys() {
  std::vector<std::string> keys = {kSystemKey, kUserConfKey};
  for (const UserConfField& f : user_conf_fields()) keys.emplace_back(f.key);
  return keys;
}

void RunSettings::bind_user_conf(Frame& frame, const std::string& model,
                                 const std::string& scenario) {
  const std::string path = file_of(frame, kUserConfKey);
  if (path.empty()) return;
  auto settings = load_user_conf(library_.sources(), library_.open(path), model, scenario, sink_);
  if (!settings) return;
  for (const UserSetting& s : *settings)
    if (const std::string key(s.field->key); !has_target(frame, key))
      frame.set_round(key, s.value.value, s.value.span);
}

void RunSettings::bind_system(Frame& frame, const std::string& model, const std::string& scenario) {
  const std::string path = file_of(frame, kSystemKey), key = target_key(scenario);
  if (path.empty() || key.empty() || has_target(frame, key)) return;
  auto [it, first] = systems_.try_emplace(path);
  if (first) it->second = load_system_targets(library_.sources(), library_.open(path), sink_);
  if (!it->second) return;
  if (const SystemTarget* t = it->second->find(model, scenario))
    return frame.set_round(key, t->value.value, t->value.span);
  const Setter* asked = frame.winner(kSystemKey);
  sink_
      .error("wrong-value", asked ? asked->span : Span{},
             path + " has no target for " + model + " in " + scenario)
      .with_help(
          "add it by hand, or let `ninja find-performance` find it and `mlpgen find-performance "
          "--save=FILE` write it");
}

bool RunSettings::check_field(Frame& frame, const UserConfField& field, const std::string& scenario,
                              const std::string& division) {
  const Setter* setter = frame.winner(std::string(field.key));
  const bool read = field.scenario.empty() || field.scenario == scenario;
  if (!read && setter && setter->rank == Rank::kFlag)
    sink_
        .error("wrong-value", setter->span,
               "LoadGen reads " + std::string(field.name) + " in " + std::string(field.scenario) +
                   " only, and this run is in " + scenario)
        .with_help("leave it out, or choose another --scenario");
  if (!read) return false;
  if (field.open_only && division == "closed")
    sink_
        .error("unsupported-combination", setter ? setter->span : Span{},
               "the rules let a submitter set " + std::string(field.name) +
                   " in the open division only")
        .with_help("leave it out, or add --division=open");
  return true;
}

void RunSettings::set_fields(Frame& frame, const std::string& scenario,
                             const std::string& division) {
  const std::string of = scenario == "Interactive" ? "Server" : scenario;
  std::string text;
  Span last{};
  for (const UserConfField& f : user_conf_fields()) {
    const std::string key(f.key);
    if (key.starts_with("CM_MLPERF_LOADGEN_") || !is_said(frame, key) ||
        !check_field(frame, f, of, division))
      continue;
    text += (text.empty() ? "" : ";") + std::string(f.name) + "=" + *frame.text_of(key);
    last = frame.winner(key)->span;
  }
  if (!text.empty()) frame.set_round("CM_MLPERF_USER_CONF_SETTINGS", text, last);
}

void RunSettings::bind(Frame& frame, const std::string& model, const std::string& scenario,
                       const std::string& division) {
  bind_user_conf(frame, model, scenario);
  bind_system(frame, model, scenario);
  set_fields(frame, scenario, division);
}

}  // namespace mlpgen
