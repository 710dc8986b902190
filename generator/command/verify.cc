// mlpgen verify: each file below out/ against the digests that were noted when it was made.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "artifact/done_file.h"
#include "artifact/tree_digest.h"
#include "command/options.h"
#include "command/request/edges.h"
#include "command/request/session.h"
#include "command/text/store_text.h"
#include "file/file.h"
#include "machine/machine_lock.h"
#include "step/step.h"
#include "text/text.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

struct Found {
  size_t artifacts = 0, files = 0;
  uint64_t bytes = 0;
  std::vector<std::pair<std::string, std::string>>
      changed;  // path, what it is now: "other bytes", "missing", ...
};

// "out/RECIPE/IDENTITY12" of all finished artifacts, sorted, also of those that the request does
// not use now.
Result<std::vector<std::string>> finished_artifacts() {
  std::vector<std::string> all;
  Result<std::vector<std::string>> recipes = folder_names("out");
  if (!recipes) return recipes.error();
  for (const std::string& recipe : *recipes) {
    Result<std::vector<std::string>> artifacts = folder_names("out/" + recipe);
    if (!artifacts) return artifacts.error();
    for (const std::string& artifact : *artifacts)
      if (std::string path = "out/" + recipe + "/" + artifact;
          artifact_of(path) == path && is_made(path))
        all.push_back(path);
  }
  return all;
}

void compare_folders(const std::string& path, const PathNote& before, const PathNote& now,
                     Found& found) {
  std::map<std::string, std::string> there;
  size_t changed = found.changed.size();
  for (const FileNote& f : now.files) there[f.name] = f.digest;
  for (const FileNote& f : before.files) {
    auto it = there.find(f.name);
    if (it == there.end())
      found.changed.emplace_back(path + "/" + f.name, "is missing");
    else if (it->second != f.digest)
      found.changed.emplace_back(path + "/" + f.name, "has other bytes");
    if (it != there.end()) there.erase(it);
  }
  for (const auto& [name, digest] : there)
    found.changed.emplace_back(path + "/" + name, "was added");
  if (found.changed.size() == changed)
    found.changed.emplace_back(path, "has another link, folder or executable file");
}

void compare(const std::string& artifact, const PathNote& before, Found& found) {
  std::string path = artifact + "/" + before.name;
  while (path.ends_with('/')) path.pop_back();
  Result<std::optional<PathNote>> now = note_of(path, before.name, {}, Hashing::kAllowed);
  std::error_code none;
  if (!now || !*now || (*now)->folder != before.folder) {
    found.changed.emplace_back(path, fs::exists(path, none) ? "is something else" : "is missing");
    return;
  }
  found.files += before.folder ? (*now)->files.size() : 1;
  found.bytes += (*now)->stamp.size;
  for (const FileNote& f : (*now)->files) found.bytes += f.stamp.size;
  if ((*now)->digest == before.digest) return;
  if (before.folder)
    compare_folders(path, before, **now, found);
  else
    found.changed.emplace_back(path, "has other bytes");
}

Result<Found> look_at_all() {
  Found found;
  Result<std::vector<std::string>> artifacts = finished_artifacts();
  if (!artifacts) return artifacts.error();
  for (const std::string& artifact : *artifacts) {
    ++found.artifacts;
    Result<DoneFile> done = read_done(artifact);
    if (!done) found.changed.emplace_back(artifact + "/.done", "cannot be read");
    if (!done) continue;
    for (const PathNote& output : done->outputs) compare(artifact, output, found);
  }
  return found;
}

void print(const Session& s, const Found& found) {
  if (s.json) {
    nlohmann::json changed = nlohmann::json::array();
    for (const auto& [path, what] : found.changed)
      changed.push_back({{"path", path}, {"what", what}});
    std::cout << nlohmann::json{{"format", 1},
                                {"artifacts", found.artifacts},
                                {"files", found.files},
                                {"bytes", found.bytes},
                                {"changed", changed}}
                     .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
              << "\n";
    return;
  }
  std::cout << counted(found.artifacts, "artifact") << ", " << counted(found.files, "file") << ", "
            << readable_bytes(found.bytes) << ": "
            << (found.changed.empty() ? "all as they were made"
                                      : std::to_string(found.changed.size()) + " changed")
            << "\n";
}

}  // namespace

static int run_verify(const CommandLine& line) {
  Session s(line);
  if (!s.is_configured()) return s.finish();
  // Hashing is work: it must not disturb a measurement.
  Result<MachineLock> lock = MachineLock::acquire(Hold::kShared, "mlpgen verify");
  if (!lock)
    s.sink.error("unwritable-directory", {}, lock.error().message).with_help(lock.error().help);
  if (!lock) return s.finish();
  Result<Found> found = look_at_all();
  if (!found)
    s.sink.error("unreadable-file", {}, found.error().message).with_help(found.error().help);
  if (!found) return s.finish();
  for (const auto& [path, what] : found->changed) {
    std::string maker = maker_of(".", path);
    s.sink
        .error("changed-product", {},
               path + " " + what + (maker.empty() ? "" : "; " + maker + " made it"))
        .with_help("make it again: `rm " + shell_quote(artifact_of(path) + "/.done") +
                   "`, then `ninja`");
  }
  print(s, *found);
  return s.finish();
}

CommandEntry verify_entry() {
  return {
      "verify",
      "",
      "Compare each file below out/ with the digest that was noted when it was made",
      R"(It reads every byte, so it also finds a change that kept a file's size and time. `ninja`
compares times only: it makes touched files again. Exit code 1 if something differs.

Example:
  mlpgen verify && ninja)",
      {kDirectoryOption, kFormatOption, kHelpOption},
      false,
      run_verify};
}

}  // namespace mlpgen
