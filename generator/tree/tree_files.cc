// Trees of files: listing and filling.
#include "tree/tree_files.h"

#include <algorithm>
#include <filesystem>

#include "file/digest.h"
#include "file/file.h"

namespace mlpgen::submission {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const std::string& path, bool folders) {
  std::vector<std::string> names;
  std::error_code why;
  for (fs::directory_iterator at(path, why), end; !why && at != end; at.increment(why))
    if (std::error_code gone; folders ? at->is_directory(gone) : at->is_regular_file(gone))
      names.push_back(at->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

TreeEntry entry_of(const fs::directory_entry& e, const std::string& root) {
  std::error_code why;
  TreeEntry entry;
  entry.path = e.path().lexically_relative(root).generic_string();
  fs::file_status status = e.symlink_status(why);
  if (fs::is_directory(status))
    entry.kind = TreeEntry::Kind::kFolder;
  else if (!fs::is_regular_file(status))
    entry.kind = TreeEntry::Kind::kOther;
  else
    entry.size = e.file_size(why);
  entry.executable = (status.permissions() & fs::perms::owner_exec) != fs::perms::none;
  return entry;
}

Status conflict(const std::string& target, const std::string& from) {
  return Error{target + " already exists with other bytes; the second one comes from " + from,
               "give each system, model and scenario once"};
}

}  // namespace

Result<std::vector<TreeEntry>> list_tree(const std::string& root) {
  std::error_code why;
  std::vector<TreeEntry> entries;
  fs::recursive_directory_iterator at(root, why), end;
  for (; !why && at != end; at.increment(why)) entries.push_back(entry_of(*at, root));
  if (why)
    return Error{root + " cannot be read: " + why.message(),
                 "check the folder: `ls -la " + root + "`"};
  std::sort(entries.begin(), entries.end(),
            [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
  return entries;
}

std::vector<std::string> folders_in(const std::string& path) { return names_in(path, true); }
std::vector<std::string> files_in(const std::string& path) { return names_in(path, false); }

bool is_always_allowed(std::string_view name) {
  return name == "mlperf_log_trace.json" || name == "results.json" || name == ".gitkeep";
}

Status add_file(const std::string& root, const std::string& path, std::string_view bytes,
                const std::string& from) {
  std::string target = root + "/" + path;
  if (exists(target)) {
    Result<std::string> there = read_file(target);
    if (!there) return there.error();
    if (*there != bytes) return conflict(target, from);
    return Done{};
  }
  if (Status s = make_directories(fs::path(target).parent_path().string()); !s) return s;
  return write_file(target, bytes);
}

Status copy_into(const std::string& root, const std::string& path, const std::string& from) {
  std::string target = root + "/" + path;
  if (exists(target)) {
    Result<std::string> a = sha256_file(target), b = sha256_file(from);
    if (!a) return a.error();
    if (!b) return b.error();
    if (*a != *b) return conflict(target, from);
    return Done{};
  }
  if (Status s = make_directories(fs::path(target).parent_path().string()); !s) return s;
  std::error_code why;
  if (!fs::is_regular_file(from, why))
    return Error{from + " is not there, or is not a file", "check the option that names it"};
  fs::copy_file(from, target, why);
  if (why) return Error{from + " cannot be copied to " + target + ": " + why.message(), ""};
  fs::permissions(target, fs::perms(0644), why);
  return Done{};
}

}  // namespace mlpgen::submission
