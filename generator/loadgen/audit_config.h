// A compliance test -> LoadGen's audit.config, the settings that it reads after user.conf.
//
// The numbers are those of compliance/TESTxx/**/audit.config of mlcommons/inference at b66003e1
// (compliance.md §1); tests/compliance compares both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

// What a test of an LLM asks of its outputs, beside LoadGen's settings.
struct TokenBounds {
  double least = 0, most = 0;  // mean tokens of an answer
};

// Least exact match of TEST07, a percentage.
inline constexpr double kTest07Accuracy = 60.698;
// Of TEST09; nothing for a model that has no such test. `model` is a round's name of it.
std::optional<TokenBounds> test09_bounds(std::string_view model);

// `test`: TEST01, ...; `model`: a round's name of it (retinanet, 3d-unet-99), or LoadGen's. Every
// line begins with `*.*.`: LoadGen reads this file for the model `*`. TEST05 has other seeds, which
// LoadGen reads from no such file; they are given to the harness. An error: there is no such test.
Result<std::string> audit_config(std::string_view test, std::string_view model);

}  // namespace mlpgen::submission
