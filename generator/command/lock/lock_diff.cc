// mlpgen lock diff A B: what one lock says and the other does not.
#include "plan/lock_diff.h"

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/lock.h"
#include "command/request/session.h"
#include "file/digest.h"
#include "file/file.h"

namespace mlpgen {
namespace {

using DiffJson = nlohmann::ordered_json;

// A lock, or the run directory that has one.
bool read_lock(const std::string& word, Session& s, Lock& lock) {
  std::string path = std::filesystem::is_directory(word) ? word + "/" + kLockName : word;
  if (!exists(path))
    s.sink.error("no-such-path", {}, "there is no lock " + path)
        .with_help("name two locks, or run directories that have a " + std::string(kLockName));
  else
    lock.read(path, s.sources, s.sink);
  return s.sink.ok();
}

DiffJson changes_json(const std::vector<LockChange>& changes) {
  DiffJson all = DiffJson::array();
  for (const LockChange& change : changes) {
    DiffJson fields = DiffJson::array();
    for (const LockFieldChange& f : change.fields)
      fields.push_back({{"name", f.name}, {"before", f.before}, {"after", f.after}});
    all.push_back({{"change", to_word(change.kind)}, {"entry", change.entry}, {"fields", fields}});
  }
  return all;
}

std::string shown(const std::string& value) {
  return is_sha256(value) ? value.substr(0, 12) + "..." : value;
}

void print_change(const LockChange& change) {
  std::cout << to_word(change.kind) << "  " << change.entry << "\n";
  for (const LockFieldChange& f : change.fields) {
    std::cout << "    " << f.name << "  ";
    if (change.kind == LockChange::Kind::kChanged)
      std::cout << (f.before.empty() ? "(none)" : shown(f.before)) << " -> "
                << (f.after.empty() ? "(none)" : shown(f.after)) << "\n";
    else
      std::cout << shown(f.before + f.after) << "\n";
  }
}

}  // namespace

int run_lock_diff(const CommandLine& line) {
  Session s(line);
  if (line.words.size() != 3) {
    s.sink.error("missing-word", {}, "which two locks?").with_help("write: mlpgen lock diff A B");
    return s.finish_usage();
  }
  Lock before, after;
  if (!read_lock(line.words[1], s, before) || !read_lock(line.words[2], s, after))
    return s.finish();
  std::vector<LockChange> changes = diff_locks(before, after);
  if (s.json) {
    std::cout << DiffJson{{"format", 1}, {"changes", changes_json(changes)}}.dump(2) << "\n";
    return s.finish();
  }
  size_t counts[3] = {};
  for (const LockChange& change : changes) {
    print_change(change);
    ++counts[static_cast<size_t>(change.kind)];
  }
  std::cout << counts[0] << " added, " << counts[1] << " removed, " << counts[2] << " changed\n";
  return s.finish();
}

}  // namespace mlpgen
