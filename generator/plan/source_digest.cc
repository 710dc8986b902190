// Digests of source files and folders.
#include "plan/source_digest.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"

namespace fs = std::filesystem;

namespace mlpgen {

SourceDigests::SourceDigests(std::string cache_file) : cache_file_(std::move(cache_file)) {
  Result<std::string> text = cache_file_.empty() ? Result<std::string>(Error{}) : read_file(cache_file_);
  if (!text) return;
  try {
    auto j = nlohmann::json::parse(*text);
    if (j.at("format") != 1) return;
    for (const auto& [path, k] : j.at("files").items())
      known_[path] = {{k.at(0).get<uint64_t>(), k.at(1).get<int64_t>(), k.at(2).get<uint64_t>()}, k.at(3).get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    known_.clear();  // a damaged cache: everything is hashed again
  }
}

std::optional<std::string> SourceDigests::file(const std::string& path) {
  Result<FileStamp> stamp = stamp_of(path);
  if (!stamp) return std::nullopt;
  if (auto it = known_.find(path); it != known_.end() && it->second.stamp == *stamp) return it->second.digest;
  Result<std::string> digest = sha256_file(path);
  if (!digest) return std::nullopt;
  known_[path] = {*stamp, *digest};
  changed_ = true;
  return *digest;
}

std::optional<std::string> SourceDigests::of(const std::string& path) {
  if (auto it = asked_.find(path); it != asked_.end()) return it->second;
  std::error_code why;
  if (!fs::exists(path, why)) return std::nullopt;
  seen_.push_back(path);
  if (!fs::is_directory(path)) return asked_[path] = file(path);
  std::vector<std::string> files;
  for (auto it = fs::recursive_directory_iterator(path, why); it != fs::recursive_directory_iterator(); it.increment(why)) {
    std::string name = it->path().filename();
    if (name.starts_with('.') || name == "__pycache__") {
      it.disable_recursion_pending();
    } else if (it->is_directory()) {
      seen_.push_back(it->path());
    } else {
      files.push_back(it->path());
    }
  }
  std::sort(files.begin(), files.end());
  Sha256 all;
  for (const std::string& f : files) {
    std::optional<std::string> digest = file(f);
    if (!digest) return std::nullopt;
    seen_.push_back(f);
    all.field(f.substr(path.size()));
    all.field(*digest);
    all.field(access(f.c_str(), X_OK) == 0 ? "x" : "-");
  }
  return asked_[path] = all.hex();
}

std::vector<std::string> SourceDigests::glob(const std::string& pattern) {
  fs::path p(pattern);
  std::vector<std::string> found;
  std::error_code why;
  for (const auto& e : fs::directory_iterator(p.parent_path(), why))
    if (!e.is_directory() && matches_glob(p.filename().string(), e.path().filename().string())) found.push_back(e.path());
  if (!why) seen_.push_back(p.parent_path());
  std::sort(found.begin(), found.end());
  return found;
}

void SourceDigests::save() {
  if (!changed_ || cache_file_.empty()) return;
  nlohmann::json files = nlohmann::json::object();
  for (const auto& [path, k] : known_) files[path] = {k.stamp.size, k.stamp.mtime_ns, k.stamp.inode, k.digest};
  write_cache(cache_file_, nlohmann::json{{"format", 1}, {"files", files}}.dump(1) + "\n");
  changed_ = false;
}

}  // namespace mlpgen
