// Tables of flags -> what a command line sets.
#pragma once

#include <algorithm>
#include <charconv>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "failure.h"

namespace mlpgen {

// One flag: its name, what stands for its value in the help (empty: it takes none), what it means,
// and what it sets.
struct Flag {
  std::string_view name, value, about;
  bool required = false;
  std::function<void(const std::string&)> set;
  bool repeats = false;  // it may be given more than once
};

// A part of the table with its title in the help.
using FlagGroup = std::pair<std::string_view, std::vector<Flag>>;

// Calls `set` of each flag that is given. False: --help was given, and nothing else was looked at.
// Throws Failure with exit code 2 if a word is not understood or a required flag is missing.
bool parse_flags(std::span<const char* const> words, const std::vector<FlagGroup>& groups);

// The table as the help prints it, a line for each flag below the titles.
std::string describe_flags(const std::vector<FlagGroup>& groups);

// A mistake in the command line.
Failure usage(const std::string& message, const std::string& help = "see mlperf-harness --help");

// `text`, which must be one of `choices`.
std::string parse_choice(std::string_view flag, const std::string& text,
                         const std::vector<std::string>& choices);

template <typename T>
T parse_number(std::string_view flag, std::string_view text, T min, T max) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < min || number > max)
    throw usage(std::string(flag) + " '" + std::string(text) + "' is not a whole number from " +
                std::to_string(min) + " to " + std::to_string(max));
  return number;
}

}  // namespace mlpgen
