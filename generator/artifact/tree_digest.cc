// Walks a folder and hashes what its stamps do not vouch for.
#include "artifact/tree_digest.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "file/digest.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

struct Entry {
  std::string name;  // relative to the folder
  char kind = 'f';   // file, directory or link
};

Error unreadable(const std::string& path, const std::string& why) {
  return {path + " cannot be read: " + why, "check its owner and mode: `ls -ld " + path + "`"};
}

bool left_out(const std::string& name, const std::string& prefix) {
  return name == "__pycache__" || (prefix.empty() && name.starts_with(".done")) ||
         (name == "index" && (prefix == ".git/" || prefix.ends_with("/.git/")));
}

Status list_into(std::vector<Entry>& entries, const std::string& folder,
                 const std::string& prefix) {
  std::error_code why;
  fs::directory_iterator at(folder, why);
  for (; !why && at != fs::directory_iterator(); at.increment(why)) {
    std::string name = at->path().filename();
    if (left_out(name, prefix)) continue;
    fs::file_type type = at->symlink_status(why).type();
    if (why) break;
    char kind = type == fs::file_type::directory ? 'd' : type == fs::file_type::symlink ? 'l' : 'f';
    if (kind == 'f' && type != fs::file_type::regular)
      return Error{at->path().string() + " is neither a file nor a folder nor a link", "remove it"};
    entries.push_back({prefix + name, kind});
    if (kind == 'd')
      if (Status s = list_into(entries, at->path(), prefix + name + "/"); !s) return s;
  }
  if (why) return unreadable(folder, why.message());
  return Done{};
}

const FileNote* find_file(const PathNote& known, const std::string& name) {
  auto at = std::lower_bound(known.files.begin(), known.files.end(), name,
                             [](const FileNote& f, const std::string& n) { return f.name < n; });
  return at != known.files.end() && at->name == name ? &*at : nullptr;
}

FileStamp stamp_from(const struct stat& st) {
  return {static_cast<uint64_t>(st.st_size),
          static_cast<int64_t>(st.st_mtim.tv_sec) * 1'000'000'000 + st.st_mtim.tv_nsec,
          static_cast<uint64_t>(st.st_ino)};
}

Result<std::optional<FileNote>> file_in_tree(const std::string& path, const Entry& entry,
                                             const FileStamp& stamp,
                                             std::span<const PathNote* const> known,
                                             Hashing hashing) {
  for (const PathNote* k : known)
    if (const FileNote* f = find_file(*k, entry.name); f && f->stamp == stamp)
      return std::optional<FileNote>(*f);
  if (hashing == Hashing::kNever) return std::optional<FileNote>();
  Result<std::string> digest = sha256_file(path);
  if (!digest) return digest.error();
  return std::optional<FileNote>(FileNote{entry.name, *digest, stamp});
}

Result<std::optional<PathNote>> note_of_folder(const std::string& path, const std::string& name,
                                               std::span<const PathNote* const> known,
                                               Hashing hashing) {
  std::vector<Entry> entries;
  if (Status s = list_into(entries, path, ""); !s) return s.error();
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  PathNote note{name, true, "", {}, {}};
  Sha256 hash;
  for (const Entry& e : entries) {
    std::string full = path + "/" + e.name;
    hash.field(e.name);
    hash.update(std::string_view(&e.kind, 1));
    std::error_code why;
    if (e.kind == 'l') hash.field(fs::read_symlink(full, why).string());
    struct stat st {};
    if (why || (e.kind == 'f' && lstat(full.c_str(), &st) != 0))
      return unreadable(full, why ? why.message() : std::strerror(errno));
    if (e.kind != 'f') continue;
    Result<std::optional<FileNote>> file = file_in_tree(full, e, stamp_from(st), known, hashing);
    if (!file) return file.error();
    if (!*file) return std::optional<PathNote>();
    hash.update(st.st_mode & S_IXUSR ? "x" : "-");
    hash.field((*file)->digest);
    note.files.push_back(std::move(**file));
  }
  note.digest = hash.hex();
  return std::optional<PathNote>(std::move(note));
}

}  // namespace

Result<std::optional<PathNote>> note_of(const std::string& path, const std::string& name,
                                        std::span<const PathNote* const> known, Hashing hashing) {
  struct stat st {};
  if (stat(path.c_str(), &st) != 0) return unreadable(path, std::strerror(errno));
  if (S_ISDIR(st.st_mode)) return note_of_folder(path, name, known, hashing);
  if (!S_ISREG(st.st_mode)) return Error{path + " is neither a file nor a folder", "remove it"};
  PathNote note{name, false, "", stamp_from(st), {}};
  for (const PathNote* k : known)
    if (!k->folder && !k->digest.empty() && k->stamp == note.stamp) note.digest = k->digest;
  if (note.digest.empty()) {
    if (hashing == Hashing::kNever) return std::optional<PathNote>();
    Result<std::string> digest = sha256_file(path);
    if (!digest) return digest.error();
    note.digest = *digest;
  }
  return std::optional<PathNote>(std::move(note));
}

Result<std::string> tree_digest(const std::string& folder) {
  Result<std::optional<PathNote>> note = note_of(folder, "", {}, Hashing::kAllowed);
  if (!note) return note.error();
  return (*note)->digest;
}

}  // namespace mlpgen
