// The JSON beside an object's bytes. For the store only.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace mlpgen {

inline constexpr const char* kObjectNote = ".object.json";
inline constexpr int kObjectFormat = 1;

std::string object_to_json(const Object& object);
// `folder` becomes part of the object's path. An error when the text is not such JSON.
Result<Object> object_from_json(const std::string& text, const std::string& folder);
// Whether the text of the store's format.json names a format after kObjectFormat.
bool newer_format(const std::string& text);
// A file name that may stand in an object's folder.
bool is_file_name(std::string_view name);
nlohmann::json asker_to_json(const Asker& asker);  // {recipe, tags, variations}
// Throws nlohmann::json::exception.
Asker asker_from_json(const nlohmann::json& json);
std::string now_utc();  // "2026-11-22T02:08:00Z"

}  // namespace mlpgen
