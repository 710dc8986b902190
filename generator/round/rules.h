// The checker's rules whose strictness a round sets. A new one is a line here and a line of
// schemas/round.schema.json; the rounds whose official checker is milder say so in their `rules`.
#pragma once

#include <array>
#include <string_view>

namespace mlpgen {

// How strict the round's official checker is about one rule in the open division.
enum class Strictness { kOff, kWarning, kError };

enum class Rule {
  kNotValid,           // LoadGen's verdict on the performance run is not VALID
  kPerformanceErrors,  // LoadGen logged errors in the performance run
  kSeeds,              // the three random seeds are the round's
  kEarlyStopping,      // its condition was met
  kOfflineSamples,     // enough samples in the one query of Offline
  kMinDuration,        // the setting, not the measured time, is long enough
  kAccuracySamples,    // the accuracy run covers the data set
  kAccuracyLog,        // no errors of LoadGen in the accuracy run; its log is cut
  kAccuracyFiles,      // accuracy/ holds exactly its four files
  kPerformanceFiles,   // run_1/ holds exactly LoadGen's two logs
  kMeasurementFiles,   // user.conf, README.md, ... are there
  kRootFiles,          // only *.md, *.pdf beside the divisions, no file in one
  kTreeNames,          // names, sizes, links, empty folders
  kIdleSystems,        // every system description has results
  kCalibration,        // calibration.md in the closed and network divisions
  kEmptyValues,        // required values and files are not empty
};

struct RuleWord {
  Rule rule;
  std::string_view word;  // as files and findings have it
};
inline constexpr auto kRuleWords = std::to_array<RuleWord>({
    {Rule::kNotValid, "not-valid"},
    {Rule::kPerformanceErrors, "performance-errors"},
    {Rule::kSeeds, "seeds"},
    {Rule::kEarlyStopping, "early-stopping"},
    {Rule::kOfflineSamples, "offline-samples"},
    {Rule::kMinDuration, "min-duration"},
    {Rule::kAccuracySamples, "accuracy-samples"},
    {Rule::kAccuracyLog, "accuracy-log"},
    {Rule::kAccuracyFiles, "accuracy-files"},
    {Rule::kPerformanceFiles, "performance-files"},
    {Rule::kMeasurementFiles, "measurement-files"},
    {Rule::kRootFiles, "root-files"},
    {Rule::kTreeNames, "tree-names"},
    {Rule::kIdleSystems, "idle-systems"},
    {Rule::kCalibration, "calibration"},
    {Rule::kEmptyValues, "empty-values"},
});

constexpr std::string_view word_of(Rule rule) {
  for (const RuleWord& r : kRuleWords)
    if (r.rule == rule) return r.word;
  return {};
}

}  // namespace mlpgen
