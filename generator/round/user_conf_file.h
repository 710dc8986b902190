// A submitter's user.conf, --user_conf=FILE -> the settings that LoadGen would take from it for a
// run, as the keys of a request; the rules of LoadGen's parser are those of the harness
// (recipes/app/get-mlperf-inference-harness-sources/src/user_conf.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "round/round.h"

namespace mlpgen {

// A field of user.conf that a submitter may set.
struct UserConfField {
  std::string_view name;      // LoadGen's
  std::string_view scenario;  // "": of every scenario
  std::string_view key;       // of a request: CM_MLPERF_...
  bool open_only;             // the rules keep it for the open division
};
std::span<const UserConfField> user_conf_fields();

struct UserSetting {
  const UserConfField* field;
  Placed<std::string> value;
};

// LoadGen's name of a benchmark: "bert" of bert-99.9.
std::string loadgen_name(const std::string& model);

// The settings for a run of `model` in `scenario` (Interactive is Server of MODEL-interactive).
// Reports wrong-value at the lines that LoadGen would pass over or misread, and at what is no
// submitter's to set; nothing is returned after an error.
std::optional<std::vector<UserSetting>> load_user_conf(const Sources& sources, SourceId source,
                                                       const std::string& model,
                                                       const std::string& scenario, Sink& sink);

}  // namespace mlpgen
