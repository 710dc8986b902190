// One entry of a round file's `models:` -> RoundModel.
#pragma once

#include <map>
#include <string>

#include "round/round.h"
#include "round/yaml_fields.h"

namespace mlpgen::round_file {

RoundModel load_model(const PlacedText& text, const Fields::Entry& entry);

// A map of words to words, such as {Offline: Samples/s}.
std::map<std::string, std::string> read_words(const PlacedText& text, const Node& node,
                                              const std::string& name);
// The same, and each key must be one of the five scenarios.
std::map<std::string, std::string> read_words_by_scenario(const PlacedText& text, const Node& node,
                                                          const std::string& name);

}  // namespace mlpgen::round_file
