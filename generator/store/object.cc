// An object's note, to and from JSON.
#include "store/object.h"

#include <ctime>
#include <nlohmann/json.hpp>

#include "file/digest.h"
#include "file/sealed.h"

namespace mlpgen {

nlohmann::json asker_to_json(const Asker& asker) {
  return {{"recipe", asker.recipe}, {"tags", asker.tags}, {"variations", asker.variations}};
}

Asker asker_from_json(const nlohmann::json& json) {
  return {json.at("recipe"), json.at("tags"), json.at("variations")};
}

std::string object_to_json(const Object& object) {
  nlohmann::ordered_json note;
  note["format"] = kObjectFormat;
  note["name"] = object.name;
  note["size"] = object.size;
  note["sha256"] = object.sha256;
  note["from"] = object.from;
  note["when"] = object.when;
  note["stamp"] = {{"size", object.stamp.size},
                   {"mtime_ns", object.stamp.mtime_ns},
                   {"inode", object.stamp.inode}};
  for (const Asker& asker : object.askers)
    note["askers"].push_back(nlohmann::ordered_json(asker_to_json(asker)));
  return sealed(note.dump(1) + "\n");
}

Result<Object> object_from_json(const std::string& text, const std::string& folder) {
  if (!is_sealed(text)) return Error{"a damaged note", ""};
  try {
    nlohmann::json note = nlohmann::json::parse(text);
    Object object;
    object.name = note.at("name").get<std::string>();
    object.size = note.at("size").get<uint64_t>();
    object.sha256 = note.at("sha256").get<std::string>();
    object.from = note.at("from").get<std::string>();
    object.when = note.at("when").get<std::string>();
    const nlohmann::json& stamp = note.at("stamp");
    object.stamp = {stamp.at("size").get<uint64_t>(), stamp.at("mtime_ns").get<int64_t>(),
                    stamp.at("inode").get<uint64_t>()};
    for (const nlohmann::json& asker : note.value("askers", nlohmann::json::array()))
      object.askers.push_back(asker_from_json(asker));
    if (!is_file_name(object.name) || !is_sha256(object.sha256))
      return Error{"a note of another shape", ""};
    object.path = folder + "/" + object.name;
    return object;
  } catch (const nlohmann::json::exception&) {
    return Error{"not a note of an object", ""};
  }
}

bool newer_format(const std::string& text) {
  nlohmann::json note = nlohmann::json::parse(text, nullptr, false);
  return note.is_object() && note.contains("format") && note["format"].is_number() &&
         note["format"].get<int>() > kObjectFormat;
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.size() <= 255 &&
         name.find('/') == name.npos && name.find('\0') == name.npos;
}

std::string now_utc() {
  time_t now = time(nullptr);
  struct tm parts {};
  gmtime_r(&now, &parts);
  char text[32];
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace mlpgen
