// Digests of source files and folders.
#include "plan/source_digest.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "file/digest.h"
#include "file/sealed.h"
#include "text/text.h"

namespace fs = std::filesystem;

namespace mlpgen {

SourceDigests::SourceDigests(std::string cache_file) : cache_file_(std::move(cache_file)) {
  std::optional<std::string> text = cache_file_.empty() ? std::nullopt : read_sealed(cache_file_);
  if (!text) return;
  try {
    auto j = nlohmann::json::parse(*text);
    if (j.at("format") != 1) return;
    for (const auto& [path, k] : j.at("files").items())
      known_[path] = {{k.at(0).get<uint64_t>(), k.at(1).get<int64_t>(), k.at(2).get<uint64_t>()},
                      k.at(3).get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    known_.clear();  // of another shape: everything is hashed again
  }
}

Result<std::string> SourceDigests::file(const std::string& path) {
  Result<FileStamp> stamp = stamp_of(path);
  if (!stamp) return stamp.error();
  if (auto it = known_.find(path); it != known_.end() && it->second.stamp == *stamp)
    return it->second.digest;
  Result<std::string> digest = sha256_file(path);
  if (!digest) return digest.error();
  known_[path] = {*stamp, *digest};
  changed_ = true;
  return *digest;
}

// The files below the folder; the folders are noted as seen.
Status SourceDigests::gather(const std::string& folder, std::vector<std::string>& files) {
  seen_.push_back(folder);
  Result<std::vector<std::string>> names = folder_names(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (name.starts_with('.') || name == "__pycache__") continue;
    std::string path = folder + "/" + name;
    Result<PathKind> kind = look_at(path);
    if (!kind) return kind.error();
    if (*kind != PathKind::kFolder) {
      files.push_back(std::move(path));
    } else if (fs::is_symlink(path)) {
      seen_.push_back(std::move(path));  // what a link leads to is no part of the tree
    } else if (Status below = gather(path, files); !below) {
      return below;
    }
  }
  return Done{};
}

Result<std::string> SourceDigests::folder(const std::string& path) {
  std::vector<std::string> files;
  if (Status gathered = gather(path, files); !gathered) return gathered.error();
  std::sort(files.begin(), files.end());
  Sha256 all;
  for (const std::string& f : files) {
    Result<std::string> digest = file(f);
    if (!digest) return digest.error();
    seen_.push_back(f);
    all.field(f.substr(path.size()));
    all.field(*digest);
    all.field(access(f.c_str(), X_OK) == 0 ? "x" : "-");
  }
  return all.hex();
}

Result<std::optional<std::string>> SourceDigests::of(const std::string& path) {
  if (auto it = asked_.find(path); it != asked_.end()) return std::optional(it->second);
  Result<PathKind> kind = look_at(path);
  if (!kind) return kind.error();
  if (*kind == PathKind::kNothing) return std::optional<std::string>();
  if (*kind != PathKind::kFolder) seen_.push_back(path);
  Result<std::string> digest = *kind == PathKind::kFolder ? folder(path) : file(path);
  if (!digest) return digest.error();
  return std::optional(asked_[path] = *digest);
}

Result<std::vector<std::string>> SourceDigests::glob(const std::string& pattern) {
  fs::path p(pattern);
  std::string folder = p.parent_path();
  std::vector<std::string> found;
  Result<PathKind> kind = look_at(folder);
  if (!kind) return kind.error();
  if (*kind != PathKind::kFolder) return found;
  seen_.push_back(folder);
  Result<std::vector<std::string>> names = folder_names(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!matches_glob(p.filename().string(), name)) continue;
    std::string path = folder + "/" + name;
    Result<PathKind> of_name = look_at(path);
    if (!of_name) return of_name.error();
    if (*of_name != PathKind::kFolder) found.push_back(std::move(path));
  }
  return found;
}

void SourceDigests::save() {
  if (!changed_ || cache_file_.empty()) return;
  nlohmann::json files = nlohmann::json::object();
  for (const auto& [path, k] : known_)
    files[path] = {k.stamp.size, k.stamp.mtime_ns, k.stamp.inode, k.digest};
  write_cache(cache_file_, sealed(nlohmann::json{{"format", 1}, {"files", files}}.dump(1) + "\n"));
  changed_ = false;
}

}  // namespace mlpgen
