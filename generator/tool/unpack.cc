// Archive entries into files below one folder.
#include "tool/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "store/named_error.h"
#include "store/place.h"
#include "tool/inside.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

struct CloseArchive {
  void operator()(struct archive* a) const { archive_read_free(a); }
};
using Reader = std::unique_ptr<struct archive, CloseArchive>;

class Extraction {
 public:
  Extraction(const ExtractRequest& request, uint64_t limit)
      : request_(request),
        limit_(limit),
        select_used_(request.select.size()),
        rename_used_(request.rename.size()) {}

  Status run(struct archive* reader);
  Extracted result() const { return result_; }

 private:
  Error unsafe(const std::string& what) const {
    return named_error("unsafe-archive", request_.archive + " " + what,
                       "get it from another place: nothing of it is used");
  }
  Error unreadable(struct archive* reader) const;
  Status take(struct archive* reader, struct archive_entry* entry);
  Status take_link(const std::string& name, struct archive_entry* entry);
  Status write_entry(struct archive* reader, const std::string& path, bool executable);
  Status write_blocks(struct archive* reader, int fd, const std::string& path);
  Status make_links();
  Status check_links() const;
  Status check_used() const;
  Result<std::string> wanted_name(std::string name);
  std::string mapped(const std::string& name) const;
  Status make_room(const std::string& path);

  const ExtractRequest& request_;
  uint64_t limit_;  // bytes
  uint64_t entries_ = 0;
  Extracted result_;
  std::vector<char> select_used_, rename_used_;
  // Made last, so that no file is ever written through one.
  std::vector<std::pair<std::string, std::string>> symbolic_, hard_;  // name, target
};

Error Extraction::unreadable(struct archive* reader) const {
  const char* why = archive_error_string(reader);
  return named_error(
      "not-an-archive",
      request_.archive + " cannot be read as an archive: " + (why ? why : "unknown format"),
      "a tar or zip file is expected; `file " + request_.archive + "` says what it is");
}

// The name without its first `strip` folders; "" when it has no more parts than that.
std::string stripped(const std::string& name, unsigned strip) {
  std::vector<std::string> parts;
  for (const std::string& part : split(name, '/'))
    if (!part.empty() && part != ".") parts.push_back(part);
  if (parts.size() <= strip) return "";
  return join({parts.begin() + strip, parts.end()}, "/");
}

// The name after --strip and --select; "" when it is not wanted.
Result<std::string> Extraction::wanted_name(std::string name) {
  if (!is_inside_name(name)) return unsafe("has the name '" + name + "', which leaves its folder");
  name = stripped(name, request_.strip);
  bool wanted = request_.select.empty();
  for (size_t i = 0; i < request_.select.size() && !name.empty(); ++i)
    if (matches_glob(request_.select[i], name)) {
      wanted = true;
      select_used_[i] = 1;
    }
  if (!wanted) return std::string();
  for (size_t i = 0; i < request_.rename.size(); ++i)
    if (name == request_.rename[i].first || name.starts_with(request_.rename[i].first + "/"))
      rename_used_[i] = 1;
  return name;
}

std::string Extraction::mapped(const std::string& name) const {
  for (const auto& [from, to] : request_.rename) {
    if (name == from) return to;
    if (name.starts_with(from + "/")) return to + name.substr(from.size());
  }
  return name;
}

// Makes the parent folders and removes a file of that name (the last of two entries counts, as in
// tar).
Status Extraction::make_room(const std::string& path) {
  if (Status s = make_directories(fs::path(path).parent_path()); !s) return s;
  if (unlink(path.c_str()) == 0 || errno == ENOENT) return Done{};
  return named_error("unsafe-archive",
                     request_.archive + " has a file and a folder that are both named " + path,
                     "take one of the two with --select");
}

Status Extraction::write_blocks(struct archive* reader, int fd, const std::string& path) {
  const void* block = nullptr;
  size_t size = 0;
  la_int64_t at = 0;
  uint64_t end = 0;
  for (;;) {
    int code = archive_read_data_block(reader, &block, &size, &at);
    if (code == ARCHIVE_EOF) break;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return unreadable(reader);
    end = static_cast<uint64_t>(at) + size;
    if (result_.bytes + end > limit_)
      return unsafe("holds more than " + std::to_string(limit_) +
                    " bytes; --max-bytes allows more");
    for (size_t done = 0; done < size;) {
      ssize_t n = pwrite(fd, static_cast<const char*>(block) + done, size - done,
                         at + static_cast<off_t>(done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0)
        return named_error(errno == ENOSPC ? "disk-full" : "not-placed",
                           path + " cannot be written: " + std::strerror(errno),
                           "free some space on that disk, then run the same command again");
      done += static_cast<size_t>(n);
    }
  }
  result_.bytes += end;
  return Done{};
}

Status Extraction::write_entry(struct archive* reader, const std::string& path, bool executable) {
  if (Status s = make_room(path); !s) return s;
  int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                executable ? 0555 : 0444);
  if (fd < 0)
    return named_error("not-placed", path + " cannot be written: " + std::strerror(errno),
                       "use an empty --out folder");
  Status written = write_blocks(reader, fd, path);
  close(fd);
  if (written) ++result_.files;
  return written;
}

Status Extraction::take_link(const std::string& name, struct archive_entry* entry) {
  if (const char* target = archive_entry_hardlink(entry)) {
    Result<std::string> inside = wanted_name(target);
    if (!inside) return inside.error();
    if (inside->empty())
      return unsafe("has the link '" + name + "' to '" + target +
                    "', which is not among the files taken");
    hard_.emplace_back(mapped(name), mapped(*inside));
    return Done{};
  }
  const char* target = archive_entry_symlink(entry);
  if (!target || *target == '/' || *target == '\0')
    return unsafe("has the link '" + name + "' to '" + (target ? target : "") +
                  "', which leaves its folder");
  symbolic_.emplace_back(mapped(name), target);
  return Done{};
}

Status Extraction::take(struct archive* reader, struct archive_entry* entry) {
  const char* raw = archive_entry_pathname(entry);
  if (!raw) raw = archive_entry_pathname_utf8(entry);
  if (!raw) return unsafe("has a name that cannot be read");
  Result<std::string> name = wanted_name(raw);
  if (!name) return name.error();
  if (name->empty()) return Done{};
  if (++entries_ > request_.max_files)
    return unsafe("has more than " + std::to_string(request_.max_files) +
                  " files; --max-files allows more");
  auto type = archive_entry_filetype(entry);
  if (archive_entry_hardlink(entry) || type == AE_IFLNK) return take_link(*name, entry);
  std::string path = request_.out + "/" + mapped(*name);
  if (type == AE_IFDIR) return make_directories(path);
  if (type != AE_IFREG) return unsafe("has '" + *name + "', which is a device, a pipe or a socket");
  if (archive_entry_size_is_set(entry) &&
      result_.bytes + static_cast<uint64_t>(archive_entry_size(entry)) > limit_)
    return unsafe("declares more than " + std::to_string(limit_) + " bytes (at '" + *name +
                  "'); --max-bytes allows more");
  return write_entry(reader, path, (archive_entry_perm(entry) & 0100) != 0);
}

// No link may be made through another link.
Status Extraction::check_links() const {
  std::set<fs::path> links;
  for (const auto& [name, target] : symbolic_) links.insert(fs::path(name).lexically_normal());
  for (const auto& [name, target] : symbolic_)
    for (fs::path above = fs::path(name).lexically_normal().parent_path(); !above.empty();
         above = above.parent_path())
      if (links.count(above))
        return unsafe("has '" + name + "' below the link '" + above.string() + "'");
  return Done{};
}

Status Extraction::make_links() {
  if (Status s = check_links(); !s) return s;
  for (const auto& [name, target] : hard_) {
    std::string path = request_.out + "/" + name;
    if (Status s = make_room(path); !s) return s;
    if (Result<Placement> p = copy_file(request_.out + "/" + target, path); !p) return p.error();
    ++result_.files;
  }
  for (const auto& [name, target] : symbolic_) {
    std::string path = request_.out + "/" + name;
    if (Status s = make_room(path); !s) return s;
    if (symlink(target.c_str(), path.c_str()) != 0)
      return named_error("not-placed", path + " cannot be made: " + std::strerror(errno),
                         "use an empty --out folder");
  }
  for (const auto& [name, target] : symbolic_) {
    if (stays_inside(request_.out, name)) continue;
    for (const auto& [other, ignored] : symbolic_) unlink((request_.out + "/" + other).c_str());
    return unsafe("has the link '" + name + "' to '" + target + "', which leaves its folder");
  }
  return Done{};
}

Status Extraction::check_used() const {
  for (size_t i = 0; i < select_used_.size(); ++i)
    if (!select_used_[i])
      return named_error(
          "nothing-selected",
          "no name in " + request_.archive + " matches --select " + request_.select[i],
          "list the names with `bsdtar -tf` and mind --strip, which comes first");
  for (size_t i = 0; i < rename_used_.size(); ++i)
    if (!rename_used_[i])
      return named_error("nothing-selected",
                         "no name in " + request_.archive + " is " + request_.rename[i].first +
                             ", which --rename names",
                         "list the names with `bsdtar -tf` and mind --strip, which comes first");
  return Done{};
}

Status Extraction::run(struct archive* reader) {
  struct archive_entry* entry = nullptr;
  for (;;) {
    int code = archive_read_next_header(reader, &entry);
    if (code == ARCHIVE_EOF) break;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return unreadable(reader);
    if (Status s = take(reader, entry); !s) return s;
  }
  if (Status s = make_links(); !s) return s;
  return check_used();
}

}  // namespace

Result<Extracted> extract_archive(const ExtractRequest& request) {
  Result<FileStamp> stamp = stamp_of(request.archive);
  if (!stamp)
    return named_error("not-an-archive", stamp.error().message, "name the archive with --archive");
  if (Status s = make_directories(request.out); !s) return s.error();
  Reader reader(archive_read_new());
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_all(reader.get());
  archive_read_support_format_empty(reader.get());
  if (archive_read_open_filename(reader.get(), request.archive.c_str(), 1 << 18) != ARCHIVE_OK)
    return named_error(
        "not-an-archive",
        request.archive + " cannot be read as an archive: " + archive_error_string(reader.get()),
        "a tar or zip file is expected");
  // Deflate packs at most 1032 to 1, real files seldom 100 to 1.
  Extraction extraction(request,
                        request.max_bytes ? request.max_bytes : (1ULL << 30) + 100 * stamp->size);
  if (Status s = extraction.run(reader.get()); !s) return s.error();
  return extraction.result();
}

}  // namespace mlpgen::tool
