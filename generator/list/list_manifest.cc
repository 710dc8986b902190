// Manifests to and from JSON.
#include "list/list_manifest.h"

#include <nlohmann/json.hpp>

#include "file/digest.h"

namespace mlpgen::tool {

std::string manifest_text(const std::vector<ListedFile>& files) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  uint64_t bytes = 0;
  for (const ListedFile& file : files) {
    bytes += file.size;
    list.push_back({{"name", file.name}, {"size", file.size}, {"sha256", file.sha256}});
  }
  Json manifest{{"format", 1}, {"count", files.size()}, {"bytes", bytes}, {"files", list}};
  return manifest.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<ListedFile>> read_manifest(const std::string& text, const std::string& path) {
  std::vector<ListedFile> files;
  try {
    nlohmann::json manifest = nlohmann::json::parse(text);
    bool fits = manifest.at("format") == 1;
    for (const nlohmann::json& file : manifest.at("files")) {
      files.push_back({file.at("name"), file.at("size"), file.at("sha256")});
      fits = fits && is_sha256(files.back().sha256);
    }
    if (fits) return files;
  } catch (const nlohmann::json::exception&) {
  }
  return named_error("bad-json", path + " is no list of files with their digests",
                     "remove it, then fetch the list again");
}

}  // namespace mlpgen::tool
