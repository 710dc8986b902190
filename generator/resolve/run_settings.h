// What files of a request say of its runs: targets of a known system (--sut), a submitter's
// user.conf
// (--user_conf).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "recipe/library.h"
#include "resolve/frame/frame.h"
#include "round/system_targets.h"

namespace mlpgen {

struct UserConfField;

// The keys of a request that it reads.
std::vector<std::string> run_settings_keys();

class RunSettings {
 public:
  RunSettings(Library& library, Sink& sink) : library_(library), sink_(sink) {}

  // Sets in `frame`, whose run is of one model in one scenario, what the files say and the request
  // does not; user.conf beats the system's targets. All fields of user.conf but the target then
  // stand in CM_MLPERF_USER_CONF_SETTINGS, `NAME=VALUE;...`. Reports wrong-value where the system's
  // file has no target for the run and where a flag's field is not of the scenario, and
  // unsupported-combination where the closed division is asked for and something is set that the
  // rules keep for the open one.
  void bind(Frame& frame, const std::string& model, const std::string& scenario,
            const std::string& division);

 private:
  void bind_user_conf(Frame& frame, const std::string& model, const std::string& scenario);
  void bind_system(Frame& frame, const std::string& model, const std::string& scenario);
  // Whether a field that is said may be: in this scenario, in this division.
  bool check_field(Frame& frame, const UserConfField& field, const std::string& scenario,
                   const std::string& division);
  void set_fields(Frame& frame, const std::string& scenario, const std::string& division);

  Library& library_;
  Sink& sink_;
  std::map<std::string, std::optional<SystemTargets>> systems_;  // by path
};

}  // namespace mlpgen
