// The journal of uses: lines appended under a shared lock, read with a tolerant eye.
#include "store/uses.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>

#include "file/digest.h"
#include "file/file.h"
#include "file/sealed.h"
#include "store/object.h"
#include "store/readable.h"
#include "store/removal_lock.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using Json = nlohmann::json;

std::string journal(const std::string& root) { return root + "/uses.jsonl"; }

Json use_to_json(const Use& use) {
  Json line = asker_to_json(use.asker);
  line["kind"] = to_word(use.kind);
  line["keys"] = use.keys;
  if (!use.from.empty()) line["from"] = use.from;
  if (!use.run.empty()) line["run"] = use.run;
  if (!use.when.empty()) line["when"] = use.when;
  return line;
}

std::string line_of(const Use& use) {
  return sealed(use_to_json(use).dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

std::optional<Use> use_from_json(const Json& line) {
  if (!line.is_object()) return std::nullopt;
  try {
    Use use{asker_from_json(line), line.value("run", ""),  line.value("from", ""),
            ThingKind::kFile,      line.value("when", ""), line.at("keys")};
    if (line.at("kind") == to_word(ThingKind::kGit)) use.kind = ThingKind::kGit;
    for (const std::string& key : use.keys)
      if (!is_sha256(key)) return std::nullopt;
    return use;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

// By what tells two uses apart; `from` belongs to a repository's one key.
auto identity_of(const Use& use) { return std::tie(use.asker, use.run, use.kind, use.from); }

std::vector<Use> merged(const std::vector<Use>& all) {
  std::map<std::tuple<Asker, std::string, ThingKind, std::string>,
           std::pair<std::string, std::set<std::string>>>
      by;
  for (const Use& use : all) {
    auto& [when, keys] = by[identity_of(use)];
    when = std::max(when, use.when);
    keys.insert(use.keys.begin(), use.keys.end());
  }
  std::vector<Use> uses;
  for (const auto& [who, what] : by) {
    const auto& [asker, run, kind, from] = who;
    uses.push_back({asker, run, from, kind, what.first, {what.second.begin(), what.second.end()}});
  }
  return uses;
}

// One write, so that lines of several processes never mix.
void append(const std::string& root, const std::string& lines) {
  LockFile lock = removal_lock_shared(root);
  int fd =
      open(journal(root).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (fd < 0) return;
  ssize_t written = write(fd, lines.data(), lines.size());
  // What a full disk cut off must not spoil the next line.
  if (written > 0 && static_cast<size_t>(written) < lines.size()) (void)!write(fd, "\n", 1);
  close(fd);
}

Result<Json> askers_file(const std::string& run) {
  Result<std::optional<std::string>> text = read_if_there(run + "/" + kAskersFile);
  if (!text) return text.error();
  return *text && is_sealed(**text) ? Json::parse(**text, nullptr, false) : Json();
}

}  // namespace

const char* to_word(ThingKind kind) { return kind == ThingKind::kGit ? "git" : "file"; }

Result<std::vector<Use>> read_uses(const std::string& root, size_t* damaged) {
  std::vector<Use> all;
  size_t bad = 0;
  Result<std::optional<std::string>> text = read_if_there(journal(root));
  if (!text) return text.error();
  for (const std::string& line : split(*text ? **text : "", '\n')) {
    if (line.empty()) continue;
    if (std::optional<Use> use =
            is_sealed(line) ? use_from_json(Json::parse(line, nullptr, false)) : std::nullopt)
      all.push_back(std::move(*use));
    else
      ++bad;
  }
  if (damaged) *damaged = bad;
  return merged(all);
}

Status write_uses(const std::string& root, const std::vector<Use>& uses) {
  std::string text;
  for (const Use& use : merged(uses)) text += line_of(use);
  return write_file(journal(root), text);
}

std::string askers_text(const std::map<std::string, std::vector<Use>>& by_edge) {
  Json edges = Json::object();
  for (const auto& [edge, uses] : by_edge)
    for (const Use& use : uses) edges[edge].push_back(use_to_json(use));
  return sealed(
      Json{{"format", 1}, {"edges", edges}}.dump(1, ' ', false, Json::error_handler_t::replace) +
      "\n");
}

std::vector<Asker> askers_of(const std::string& run, const std::string& edge) {
  std::vector<Asker> askers;
  Result<Json> read = askers_file(run);
  Json all = read ? *read : Json();
  if (!all.is_object() || !all.contains("edges") || !all["edges"].contains(edge)) return askers;
  for (const Json& one : all["edges"][edge])
    if (std::optional<Use> use = use_from_json(one)) askers.push_back(use->asker);
  return askers;
}

Result<std::vector<Use>> uses_of_run(const std::string& run) {
  std::vector<Use> uses;
  Result<Json> read = askers_file(run);
  if (!read) return read.error();
  const Json& all = *read;
  if (!all.is_object() || !all.contains("edges")) return uses;
  for (const Json& edge : all["edges"])
    for (const Json& one : edge)
      if (std::optional<Use> use = use_from_json(one)) {
        use->run = run;
        uses.push_back(std::move(*use));
      }
  return uses;
}

struct UseNotes::Noted {
  explicit Noted(const std::string& root) : in_use(in_use_lock(root)) {}
  LockFile in_use;
  std::mutex mutex;  // lists are kept by several threads
  std::set<std::string> keys;
};

UseNotes::UseNotes(std::string root, std::string run, std::vector<Asker> askers)
    : root_(std::move(root)),
      run_(std::move(run)),
      askers_(std::move(askers)),
      noted_(std::make_unique<Noted>(root_)) {}

UseNotes::~UseNotes() = default;

std::shared_ptr<UseNotes> UseNotes::of_this_edge(const std::string& root) {
  const char* edge = std::getenv("MLPGEN_EDGE");
  std::error_code why;
  std::string run = std::filesystem::current_path(why);
  if (!edge || !*edge || why) return nullptr;
  std::vector<Asker> askers = askers_of(run, edge);
  if (askers.empty()) return nullptr;
  register_run(root, run);
  return std::shared_ptr<UseNotes>(new UseNotes(root, run, std::move(askers)));
}

void UseNotes::note(const std::string& key, ThingKind kind, const std::string& from) {
  {
    std::lock_guard lock(noted_->mutex);
    if (!noted_->keys.insert(key).second) return;
  }
  std::string lines;
  for (const Asker& asker : askers_) lines += line_of({asker, run_, from, kind, now_utc(), {key}});
  append(root_, lines);
}

void register_run(const std::string& root, const std::string& run) {
  std::string at = root + "/runs/" + sha256(run);
  if (exists(at) || !make_directories(root + "/runs") || !make_directories(root + "/locks")) return;
  LockFile lock = removal_lock_shared(root);  // what removes looks at all of runs/ more than once
  write_cache(at, run);
}

Result<std::vector<std::string>> runs_of(const std::string& root) {
  std::vector<std::string> runs;
  Result<std::vector<std::string>> notes = names_in(root + "/runs");
  if (!notes) return notes.error();
  for (const std::string& note : *notes) {
    Result<std::optional<std::string>> run = read_if_there(root + "/runs/" + note);
    if (!run) return run.error();
    // A run directory that cannot be looked at (another user's, a disk that fails) is still there.
    if (*run && sha256(**run) == note && !is_absent(**run + "/.mlpgen/plan")) runs.push_back(**run);
  }
  std::sort(runs.begin(), runs.end());
  return runs;
}

}  // namespace mlpgen
