// Records of first use, to and from JSON.
#include "store/trusted.h"

#include <nlohmann/json.hpp>

#include "file/digest.h"
#include "file/file.h"
#include "file/sealed.h"

namespace mlpgen {

std::string trusted_path(const std::string& folder, const std::string& url,
                         const std::string& md5) {
  Sha256 key;
  key.field(url);
  key.field(md5);
  return folder + "/" + key.hex() + ".json";
}

std::optional<TrustedFile> read_trusted(const std::string& folder, const std::string& url,
                                        const std::string& md5) {
  std::optional<std::string> text = read_sealed(trusted_path(folder, url, md5));
  if (!text) return std::nullopt;
  try {
    nlohmann::json note = nlohmann::json::parse(*text);
    TrustedFile file{
        url, md5, note.at("file_name"), note.at("sha256"), note.at("size"), note.at("when")};
    bool fits = note.at("format") == 1 && note.at("url") == url && is_sha256(file.sha256);
    return fits ? std::optional(file) : std::nullopt;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

Status write_trusted(const std::string& folder, const TrustedFile& file) {
  if (Status s = make_directories(folder); !s) return s;
  nlohmann::ordered_json note{{"format", 1},           {"url", file.url},
                              {"md5", file.md5},       {"file_name", file.file_name},
                              {"sha256", file.sha256}, {"size", file.size},
                              {"when", file.when}};
  return write_file(trusted_path(folder, file.url, file.md5), sealed(note.dump(1) + "\n"));
}

}  // namespace mlpgen
