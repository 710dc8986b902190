// A user.conf -> what LoadGen would pass over or misread in it.
//
// LoadGen's reader is silent about most mistakes: `a.b.c=5` without blanks, an unknown key or
// scenario and `1e3` for a whole number are dropped or cut, and one bad value voids the whole file.
// So the file is checked before LoadGen sees it (LoadGen 6.0.17, test_settings_internal.cc).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

struct ConfProblem {
  int line = 0;         // 1 is the first; 0: the whole file
  std::string message;  // what is wrong
  std::string help;     // what to write instead; may be empty
};

struct ConfSetting {
  std::string key, value;
  int line = 0;
};

// All that is wrong with `text` for a run of LoadGen's `model` ("retinanet"); empty if nothing is.
// Lines for other scenarios are checked too, since one file may serve several runs.
std::vector<ConfProblem> check_user_conf(std::string_view text, std::string_view model);

// What LoadGen takes from a text without problems for a run: of each key the entry whose model and
// scenario say most, else the last one.
std::vector<ConfSetting> settings_of_run(std::string_view text, std::string_view model,
                                         std::string_view scenario);

// Reads and checks `path`. Throws Failure with all problems.
void require_user_conf(const std::string& path, std::string_view model);

// An audit file is read after --mode, so its `mode` would win: throws Failure where it names
// another one for `scenario`.
void require_audit_mode(const std::string& path, std::string_view scenario, bool accuracy);

}  // namespace mlpgen
