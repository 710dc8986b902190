// A stand-in for RapidJSON.
#pragma once
#include <nlohmann/json.hpp>
namespace rapidjson {
using Document = nlohmann::json;
}
