// System notes, calibration.md, names of code folders.
#include "tree/submission_texts.h"

#include <nlohmann/json.hpp>

#include "file/file.h"
#include "text/text.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string text_in(const OrderedJson& object, const char* key) {
  if (!object.contains(key) || !object[key].is_string()) return "not said";
  return object[key].get<std::string>();
}

}  // namespace

Result<std::string> system_with_note(const std::string& json, const std::string& sentence,
                                     const std::string& path) {
  OrderedJson system = OrderedJson::parse(json, nullptr, false);
  if (!system.is_object())
    return Error{path + " is not one JSON object",
                 "write the system description as {\"division\": ..., ...}"};
  if (sentence.empty()) return json;
  for (const char* key : {"hw_notes", "sw_notes"})
    if (text_in(system, key).find(sentence) != std::string::npos) return json;
  std::string notes = system.contains("sw_notes") && system["sw_notes"].is_string()
                          ? system["sw_notes"].get<std::string>()
                          : "";
  system["sw_notes"] = notes.empty() ? sentence : notes + " " + sentence;
  return system.dump(2) + "\n";
}

std::string find_measurements(const std::string& root, const ResultPlace& place) {
  if (place.layout == Layout::kFlat)
    return exists(root + "/" + place.measurements() + "/measurements.json") ? "measurements.json"
                                                                            : "";
  for (const std::string& name : files_in(root + "/" + place.measurements()))
    if (name.starts_with(place.system) && name.ends_with(".json")) return name;
  return "";
}

std::string code_folder_of(const std::string& root, const ResultPlace& place) {
  std::string folder = place.code() + "/" + place.model;
  if (place.layout == Layout::kFlat) return folder;
  std::string name = find_measurements(root, place);
  std::string tail =
      name.ends_with("_" + place.scenario + ".json") ? "_" + place.scenario + ".json" : ".json";
  if (name.size() <= place.system.size() + 1 + tail.size()) return folder;
  return folder + "/" +
         name.substr(place.system.size() + 1, name.size() - place.system.size() - 1 - tail.size());
}

std::string with_request(std::string_view readme, std::string_view command,
                         const std::string& lock_name) {
  std::string out(readme);
  if (!out.empty() && out.back() != '\n') out += '\n';
  out += "\n## To make it again\n\n";
  if (!lock_name.empty())
    out += "`" + lock_name +
           "`, beside this file, names everything that came from outside by commit or SHA-256. Put "
           "it into an empty\n"
           "directory and type there:\n\n";
  out += "    " + std::string(trim(command));
  if (lock_name == kStandInLock) out += " --lock " + lock_name;
  return out + "\n    ninja submission\n";
}

Result<std::string> calibration_page(const std::string& root,
                                     const std::vector<ResultPlace>& places) {
  std::string page =
      "# Calibration\n\nThis page repeats what the measurements of each result say about data "
      "types and weights.\n"
      "Where the weight transformation is `none`, nothing was calibrated.\n\n"
      "| model | scenario | input data types | weight data types | weight transformations "
      "|\n|---|---|---|---|---|\n";
  for (const ResultPlace& place : places) {
    std::string path = root + "/" + place.measurements() + "/" + find_measurements(root, place);
    Result<std::string> text = read_file(path);
    if (!text) return text.error();
    OrderedJson m = OrderedJson::parse(*text, nullptr, false);
    if (!m.is_object())
      return Error{path + " is not one JSON object",
                   "give --measurements a file with the five required keys"};
    page += "| " + place.model + " | " + place.scenario + " | " + text_in(m, "input_data_types") +
            " | " + text_in(m, "weight_data_types") + " | " + text_in(m, "weight_transformations") +
            " |\n";
  }
  return page;
}

}  // namespace mlpgen::submission
