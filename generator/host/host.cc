// Tools on PATH, their versions and digests, with a cache keyed by the program's stamp.
#include "host/host.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/file.h"
#include "base/pattern.h"
#include "base/text.h"
#include "host/process.h"

namespace mlpgen {
namespace {

// The names in a folder, which tell its devices; in /proc and /sys a folder's own time tells nothing.
std::string entries_of(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(folder, absent)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return folder + ":" + join(names, ",");
}

std::string stamp_key(const std::string& path, const ToolQuery& q) {
  Result<FileStamp> s = stamp_of(path);
  if (!s) return "";
  std::string key = path + "|" + std::to_string(s->size) + "|" + std::to_string(s->mtime_ns) + "|" + std::to_string(s->inode) + "|" +
                    join(q.version_args, " ") + "|" + q.version_regex + "|" + join(q.path_args, " ");
  for (const std::string& folder : q.watch) key += "|" + entries_of(folder);
  return key;
}

// What the tool prints, or what stands in the file; nothing where no version is found in it.
std::optional<std::string> version_of(const std::string& path, const ToolQuery& q) {
  std::string text;
  if (q.files.empty()) {
    std::vector<std::string> argv = {path};
    argv.insert(argv.end(), q.version_args.begin(), q.version_args.end());
    Output out = run_command(argv);
    if (out.status != 0) return std::nullopt;
    text = out.text;
  } else if (Result<std::string> read = read_file(path)) {
    text = *read;
  }
  std::optional<std::vector<std::string>> parts = search_groups(q.version_regex, text);
  return parts ? std::optional(join(*parts, ".")) : std::nullopt;
}

}  // namespace

Host::Host(std::string cache_file, std::string path) : cache_file_(std::move(cache_file)), folders_(split(path, ':')) {
  Result<std::string> text = cache_file_.empty() ? Result<std::string>(Error{}) : read_file(cache_file_);
  if (!text) return;
  try {
    auto j = nlohmann::json::parse(*text);
    if (j.at("format") != 1) return;
    for (const auto& [key, t] : j.at("tools").items())
      known_[key] = {t.at("path").get<std::string>(), t.at("version").get<std::string>(), t.at("digest").get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    known_.clear();  // a damaged cache: every tool is asked again
  }
}

const std::map<std::string, std::string>& Host::facts() {
  // Never from the cache: reading them costs less than a millisecond, and a run directory may have moved to another machine.
  if (facts_.empty()) facts_ = read_facts();
  return facts_;
}

std::optional<Tool> Host::probe(const std::string& path, const ToolQuery& q) {
  std::string key = stamp_key(path, q);
  if (auto it = known_.find(key); it != known_.end() && exists(it->second.path)) return it->second;
  Tool tool{path, "", ""};
  if (!q.path_args.empty()) {
    std::vector<std::string> argv = {path};
    argv.insert(argv.end(), q.path_args.begin(), q.path_args.end());
    Output out = run_command(argv);
    std::string real(trim(out.text.substr(0, out.text.find('\n'))));
    if (out.status != 0 || !exists(real)) return std::nullopt;
    tool.path = real;
  }
  if (!q.version_args.empty() || !q.files.empty()) {
    std::optional<std::string> version = version_of(tool.path, q);
    if (!version) return std::nullopt;
    tool.version = *version;
  }
  Result<std::string> digest = sha256_file(tool.path);
  if (!digest) return std::nullopt;
  tool.digest = *digest;
  known_[key] = tool;
  changed_ = true;
  return tool;
}

std::optional<Tool> Host::find(const ToolQuery& q, const std::function<bool(const Tool&)>& accept, std::vector<std::string>& refused) {
  mute_.clear();
  for (const std::string& path : q.files) {
    inputs_.push_back(path);
    if (!exists(path)) continue;
    std::optional<Tool> found = probe(path, q);
    if (!found) mute_.push_back(path);
    if (!found) continue;
    if (accept(*found)) return found;
    refused.push_back(path + " is " + found->version);
  }
  for (const std::string& name : q.names) {
    std::vector<std::string> candidates;
    if (name.find('/') != std::string::npos)
      candidates.push_back(name);
    else
      for (const std::string& folder : folders_)
        if (!folder.empty()) candidates.push_back(folder + "/" + name);
    for (const std::string& path : candidates) {
      if (!exists(path) || std::filesystem::is_directory(path)) continue;
      inputs_.push_back(path);
      if (access(path.c_str(), X_OK) != 0) continue;
      std::optional<Tool> tool = probe(path, q);
      if (!tool) mute_.push_back(path);
      if (!tool) continue;
      if (!accept(*tool)) {
        refused.push_back(path + " is " + tool->version);
        continue;
      }
      inputs_.push_back(tool->path);
      return tool;
    }
  }
  return std::nullopt;
}

std::vector<std::string> Host::inputs() const {
  std::vector<std::string> all = inputs_;
  for (const std::string& f : folders_)
    if (!f.empty() && exists(f)) all.push_back(f);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void Host::save() {
  if (!changed_ || cache_file_.empty()) return;
  nlohmann::json tools = nlohmann::json::object();
  for (const auto& [key, t] : known_) tools[key] = {{"path", t.path}, {"version", t.version}, {"digest", t.digest}};
  nlohmann::json j = {{"format", 1}, {"tools", tools}};
  write_cache(cache_file_, j.dump(1) + "\n");
  changed_ = false;
}

}  // namespace mlpgen
