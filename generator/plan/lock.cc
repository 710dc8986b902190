// The lock as JSON.
#include "plan/lock.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "file/digest.h"
#include "file/file.h"
#include "file/lock_line.h"
#include "text/bad_byte.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen {
namespace {

constexpr const char* kLockName = "mlpgen.lock";
constexpr const char* kPython = "python-environment ";

void damaged(Sources& sources, const std::string& path, const std::string& text, size_t at,
             const std::string& why, Sink& sink) {
  SourceId id = sources.add(path, text);
  sink.error("damaged-lock", {id, static_cast<uint32_t>(std::min(at, text.size())), 1},
             "this lock cannot be read: " + why)
      .with_help("restore it, or remove it and run `mlpgen lock`");
}

// A lock of many environments says the hashes of a package once: by the line, which has none
// itself.
using Hashes = std::map<std::string, std::string>;

Hashes hashes_of(const nlohmann::json& lock) {
  Hashes all;
  if (auto hashes = lock.find("hashes"); hashes != lock.end() && hashes->is_object())
    for (const auto& [line, hash] : hashes->items())
      if (hash.is_string()) all[line] = line + " " + hash.get<std::string>();
  return all;
}

// Puts the hashes to the lines of an environment. The first line that is more than packages and
// hashes, or null; those of `hashes` were looked at before.
const std::string* add_hashes(const std::string& key, const Hashes& hashes,
                              std::vector<std::string>& lines) {
  bool python = key.starts_with(kPython), conda = key.starts_with("conda-environment ");
  for (std::string& line : lines) {
    auto it = hashes.find(line);
    if (it != hashes.end()) line = it->second;
    if (python ? it == hashes.end() && !is_package_line(line) : conda && !is_conda_line(line))
      return &line;
  }
  return nullptr;
}

// Where the text first has a password or token in a URL; its end where it has none.
size_t secret_in(const std::string& text) {
  std::string shown = without_secrets(text);
  return static_cast<size_t>(std::mismatch(text.begin(), text.end(), shown.begin()).first -
                             text.begin());
}

bool is_texts(const nlohmann::json& j) {
  return j.is_array() && std::all_of(j.begin(), j.end(),
                                     [](const nlohmann::json& item) { return item.is_string(); });
}

nlohmann::json to_json(const LockEntry& e) {
  nlohmann::json j = e.fields;
  if (!e.lines.empty()) j["lines"] = e.lines;
  if (e.stand_in) j["stand_in"] = true;
  return j;
}

// The first text of the entry that holds what no text may.
std::optional<BadByte> bad_byte_in(const std::string& key, const LockEntry& e) {
  std::optional<BadByte> bad = find_bad_byte(key);
  for (const auto& [name, field] : e.fields)
    for (const std::string& text : {name, field})
      if (!bad) bad = find_bad_byte(text);
  for (const std::string& line : e.lines)
    if (!bad) bad = find_bad_byte(line);
  return bad;
}

}  // namespace

const char* to_word(LockUse use) {
  return use == LockUse::kLocked ? "locked" : use == LockUse::kFrozen ? "frozen" : "";
}

LockUse lock_use_of(const std::string& word) {
  return word == "locked"   ? LockUse::kLocked
         : word == "frozen" ? LockUse::kFrozen
                            : LockUse::kAsNeeded;
}

void Lock::read(const std::string& path, Sources& sources, Sink& sink) {
  files_.push_back(path);
  if (!may_be_there(path)) return;
  Result<std::string> text = read_file(path);
  if (!text) {
    sink.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
    return;
  }
  nlohmann::json j;
  try {
    j = nlohmann::json::parse(*text);
  } catch (const nlohmann::json::parse_error& e) {
    damaged(sources, path, *text, e.byte ? e.byte - 1 : 0, "it is not JSON at this place", sink);
    return;
  } catch (const nlohmann::json::out_of_range& e) {  // "... number overflow parsing '1e999'"
    std::vector<std::string> parts = split(e.what(), '\'');
    damaged(sources, path, *text, parts.size() > 1 ? text->find(parts[1]) : 0,
            "this number is too large", sink);
    return;
  }
  if (!j.is_object() || !j.contains("format") || j["format"] != 1 || !j.contains("entries") ||
      !j["entries"].is_object()) {
    damaged(sources, path, *text, 0, "it is not a lock of format 1", sink);
    return;
  }
  if (size_t at = secret_in(*text); at < text->size()) {
    sink.error("secret-given", {sources.add(path, *text), static_cast<uint32_t>(at), 1},
               "this URL of the lock has a password or token in it")
        .with_help(kUrlSecretHelp);
    return;
  }
  constexpr const char* kOther =
      "' is not a package with its hashes, and nothing else is allowed here";
  const Hashes hashes = hashes_of(j);
  for (const auto& [line, whole] : hashes)
    if (!is_package_line(whole))
      return damaged(sources, path, *text, text->find('"' + line.substr(0, line.find(' '))),
                     "'" + whole + kOther, sink);
  for (const auto& [key, value] : j["entries"].items()) {
    if (!value.is_object())
      return damaged(sources, path, *text, text->find('"' + key + '"'), "'" + key + "' is no entry",
                     sink);
    LockEntry e;
    e.from = path;
    for (const auto& [name, field] : value.items()) {
      if (name == "lines" && is_texts(field))
        e.lines = field.get<std::vector<std::string>>();
      else if (name == "stand_in" && field.is_boolean() && path.ends_with(kLockName))
        return damaged(sources, path, *text, text->find("\"stand_in\""),
                       "a stand-in is allowed only in a lock of another name, given by --lock",
                       sink);
      else if (name == "stand_in" && field.is_boolean())
        e.stand_in = field.get<bool>();
      else if (field.is_string())
        e.fields[name] = field.get<std::string>();
      else
        return damaged(sources, path, *text, text->find('"' + name + '"'),
                       "'" + name + "' is not text", sink);
    }
    if (auto it = e.fields.find("sha256"); it != e.fields.end() && !is_sha256(it->second))
      return damaged(sources, path, *text, text->find(it->second),
                     "this is no SHA-256: 64 hexadecimal digits", sink);
    if (auto it = e.fields.find("size"); it != e.fields.end() && !is_size(it->second))
      return damaged(sources, path, *text, text->find("\"size\"", text->find('"' + key + '"')),
                     "'" + it->second + "' is no size: a number of bytes", sink);
    const std::string* other = add_hashes(key, hashes, e.lines);
    if (std::optional<BadByte> bad = bad_byte_in(key, e)) {
      std::string quoted = nlohmann::json(key).dump();
      return damaged(sources, path, *text, text->find(quoted), "this entry has " + bad->what, sink);
    }
    if (other)
      return damaged(
          sources, path, *text,
          text->find('"' + other->substr(0, other->find(' ')), text->find('"' + key + '"')),
          "'" + *other + kOther, sink);
    entries_[key] = std::move(e);
  }
}

const LockEntry* Lock::find(const std::string& key) const {
  if (auto it = entries_.find(key); it != entries_.end()) {
    used_.insert(key);
    return &it->second;
  }
  return key.starts_with(rest_kind_) && rest() ? rest()->find(key) : nullptr;
}

const Lock* Lock::rest() const {
  if (!rest_ && read_rest_) rest_ = std::make_shared<const Lock>(read_rest_());
  return rest_.get();
}

std::vector<std::string> Lock::files() const {
  std::vector<std::string> all = files_;
  if (rest_) all.insert(all.end(), rest_->files_.begin(), rest_->files_.end());
  return all;
}

std::string Lock::to_text() const {
  nlohmann::json entries = nlohmann::json::object();
  for (const auto& [key, e] : entries_) entries[key] = to_json(e);
  return nlohmann::json{{"format", 1}, {"entries", entries}}.dump(2) + "\n";
}

std::string Lock::used_text() const {
  nlohmann::json entries = nlohmann::json::object();
  for (const Lock* lock = this; lock; lock = lock->rest_.get())
    for (const std::string& key : lock->used_) entries[key] = to_json(lock->entries_.at(key));
  return nlohmann::json{{"format", 1}, {"entries", entries}}.dump(2) + "\n";
}

}  // namespace mlpgen
