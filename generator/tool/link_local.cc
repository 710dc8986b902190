// mlpgen-tool link-local: a copy that the user already has becomes an artifact, and stays
// untouched.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/digest.h"
#include "base/file.h"
#include "tool/options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

Result<Json> describe(const fs::path& path, const std::string& name, bool with_digest) {
  Result<FileStamp> stamp = stamp_of(path);
  if (!stamp) return stamp.error();
  Json entry{{"name", name}, {"size", stamp->size}, {"mtime_ns", stamp->mtime_ns}};
  if (!with_digest) return entry;
  Result<std::string> digest = sha256_file(path);
  if (!digest) return digest.error();
  entry["sha256"] = *digest;
  return entry;
}

// Files below `root`, or the one file that it is, sorted by name. Links to folders are not
// followed.
Result<std::vector<std::pair<std::string, fs::path>>> files_of(const fs::path& root) {
  std::vector<std::pair<std::string, fs::path>> files;
  std::error_code why;
  if (!fs::is_directory(root)) return std::vector{std::make_pair(root.filename().string(), root)};
  for (fs::recursive_directory_iterator it(root, why), end; it != end && !why; it.increment(why))
    if (it->is_regular_file(why))
      files.emplace_back(it->path().lexically_relative(root).string(), it->path());
  if (why)
    return named_error("not-placed", root.string() + " cannot be read: " + why.message(),
                       "look at it with `ls -l`");
  std::sort(files.begin(), files.end());
  return files;
}

Status adopt(const std::string& path, const std::string& out, bool with_digest) {
  std::error_code why;
  fs::path root = fs::canonical(path, why);
  if (why)
    return named_error("not-found", path + " is not there",
                       "name the folder or file that holds your copy");
  auto files = files_of(root);
  if (!files) return files.error();
  if (files->empty())
    return named_error("not-found", root.string() + " holds no file",
                       "name the folder that holds your copy");
  Json entries = Json::array();
  uint64_t bytes = 0;
  for (const auto& [name, file] : *files) {
    Result<Json> entry = describe(file, name, with_digest);
    if (!entry) return entry.error();
    bytes += (*entry)["size"].get<uint64_t>();
    entries.push_back(*entry);
  }
  if (Status s = make_directories(out); !s) return s;
  fs::create_symlink(root, out + "/local", why);
  if (why)
    return named_error("not-placed", out + "/local cannot be made: " + why.message(),
                       "use an empty --out folder");
  Json manifest{{"format", 1},
                {"path", root.string()},
                {"count", entries.size()},
                {"bytes", bytes},
                {"files", entries}};
  return write_file(out + "/manifest.json",
                    manifest.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace

int run_link_local(int argc, char** argv) {
  std::string path, out;
  bool with_digest = false;
  CLI::App app(std::string(kLinkLocalAbout) +
                   ".\nDIR/local points to it; DIR/manifest.json has {path, count, bytes, files: "
                   "[{name, size, mtime_ns}]}.\n"
                   "Nothing below the path is changed.\n"
                   "Example: mlpgen-tool link-local --path /data/openimages --out out/openimages",
               "mlpgen-tool link-local");
  app.add_option("--path", path, "the file or folder that you have")->required();
  app.add_option("--out", out, "folder for local and manifest.json")->required();
  app.add_flag("--digest", with_digest, "read every file and note its sha256");
  if (auto code = read_options(app, argc, argv)) return *code;
  Status s = adopt(path, out, with_digest);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
