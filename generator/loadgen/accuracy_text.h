// accuracy.txt (what an accuracy script printed) -> the value of each metric, as the official
// checker reads it.
//
// The shape of each metric's line stands in submission.md §2.4.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlpgen::submission {

// The digits and dots that stand for `metric` in this line, e.g. "37.572"; nothing when the line is
// not of its shape.
std::optional<std::string> metric_in_line(std::string_view metric, std::string_view line);

// The last value of every known metric that some line of the text has, by metric. The official
// checker reads an accuracy where it says WER; here WER is the word error rate itself.
std::map<std::string, std::string> metrics_in(std::string_view text);

// "37.572" -> 37.572; nothing for "1.2.3" or ".".
std::optional<double> to_number(std::string_view digits);

}  // namespace mlpgen::submission
