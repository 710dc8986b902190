// mlpgen-tool json: strings into a JSON object.
#include <nlohmann/json.hpp>

#include "base/subcommand.h"
#include "file/digest.h"
#include "file/file.h"

namespace mlpgen::tool {

namespace {

Result<int> write_json(const Arguments& a) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [key, value] : a.map("values")) object[key] = value;
  for (const auto& [key, value] : a.map("optional"))
    if (!value.empty()) object[key] = value;
  for (const auto& [key, path] : a.map("digests")) {
    if (path.empty()) continue;
    Result<std::string> digest = sha256_file(path);
    if (!digest) return digest.error();
    object[key] = *digest;
  }
  // Bytes that are not UTF-8 are replaced rather than refused: they come from host facts.
  Status s = write_file(
      a.text("out"),
      object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  if (!s) return s.error();
  return 0;
}

const Registered kJson({"json", write_json,
                        "Its keys are in the given order.\n"
                        "Example: mlpgen-tool json --values retraining=no --values "
                        "input_data_types=fp32 --out measurements.json"});

}  // namespace

}  // namespace mlpgen::tool
