// What summary.json says of one result, in words.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace mlpgen::submission {

// The row of summary.csv that tells of a result of the section "mlpgen", or null.
nlohmann::json row_of(const nlohmann::json& summary, const nlohmann::json& result);

// "41.5 Samples/s", "latency 46.8342 ms", "no result". `row` may be null.
std::string measured_text(const nlohmann::json& row, const nlohmann::json& result);

// "mAP 79.2 %", "accuracy 100 %", "ROUGE1 42.9".
std::string accuracy_text(const std::string& metric, const nlohmann::json& value);

// The text at a JSON pointer; `otherwise` where there is none.
std::string word_at(const nlohmann::json& object, const char* pointer,
                    const std::string& otherwise);

// "OK", "not run", ... of a checker's verdict in summary.json.
std::string verdict_of(const nlohmann::json& summary, const char* pointer);

}  // namespace mlpgen::submission
