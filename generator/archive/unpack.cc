// Archive entries into files below one folder.
#include "archive/unpack.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>

#include "archive/archive_reader.h"
#include "archive/entry_names.h"
#include "archive/inside.h"
#include "file/file.h"
#include "store/place.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

class Extraction {
 public:
  Extraction(const ExtractRequest& request, ArchiveReader& archive, uint64_t limit)
      : request_(request), archive_(archive), limit_(limit), names_(request) {}

  Status run();
  Extracted result() const { return result_; }

 private:
  Error unsafe(const std::string& what) const {
    return named_error("unsafe-archive", request_.archive + " " + what,
                       "get it from another place: nothing of it is used");
  }
  Error too_big() const {
    return unsafe("holds more than " + std::to_string(limit_) + " bytes; --max-bytes allows more");
  }
  std::string path_of(const std::string& place) const { return request_.out + "/" + place; }
  Status take(struct archive_entry* entry);
  Status take_symbolic(const std::string& place, struct archive_entry* entry);
  Status take_hard(const std::string& place, const std::string& target);
  Status write_entry(const std::string& path, bool executable);
  Status write_blocks(int fd, const std::string& path);
  Status write_block(int fd, const std::string& path, const ArchiveReader::Block& block);
  Status make_links();
  Status check_links() const;
  Result<std::string> wanted_name(const std::string& name);
  Status make_room(const std::string& path);

  const ExtractRequest& request_;
  ArchiveReader& archive_;
  uint64_t limit_;  // bytes
  uint64_t entries_ = 0;
  Extracted result_;
  EntryNames names_;
  // Symbolic links, place to target: made last, so that no file is ever written through one.
  std::map<std::string, std::string> symbolic_;
};

Result<std::string> Extraction::wanted_name(const std::string& name) {
  if (!is_inside_name(name)) return unsafe("has the name '" + name + "', which leaves its folder");
  return names_.wanted(name);
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

Status Extraction::write_block(int fd, const std::string& path, const ArchiveReader::Block& block) {
  for (size_t done = 0; done < block.size;) {
    ssize_t n = pwrite(fd, block.bytes + done, block.size - done,
                       static_cast<off_t>(block.at) + static_cast<off_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return named_error(errno == ENOSPC ? "disk-full" : "not-placed",
                         path + " cannot be written: " + std::strerror(errno),
                         "free some space on that disk, then run the same command again");
    done += static_cast<size_t>(n);
  }
  return Done{};
}

Status Extraction::write_blocks(int fd, const std::string& path) {
  for (uint64_t end = 0;;) {
    Result<ArchiveReader::Block> block = archive_.block();
    if (!block) return block.error();
    if (!block->bytes) {
      result_.bytes += end;
      return Done{};
    }
    end = block->at + block->size;
    if (end > limit_ - result_.bytes) return too_big();
    if (Status s = write_block(fd, path, *block); !s) return s;
  }
}

Status Extraction::write_entry(const std::string& path, bool executable) {
  if (Status s = make_room(path); !s) return s;
  int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                executable ? 0555 : 0444);
  if (fd < 0)
    return named_error("not-placed", path + " cannot be written: " + std::strerror(errno),
                       "use an empty --out folder");
  Status written = write_blocks(fd, path);
  close(fd);
  if (written) ++result_.files;
  return written;
}

// Another name of a file that came before, with bytes of its own, which count.
Status Extraction::take_hard(const std::string& place, const std::string& target) {
  Result<std::string> inside = wanted_name(target);
  if (!inside) return inside.error();
  std::string of = inside->empty() ? "" : names_.mapped(*inside);
  std::string words = "has the link '" + place + "' to '" + target + "', ";
  if (of.empty()) return unsafe(words + "which is not among the files taken");
  auto symbolic = symbolic_.find(of);
  if (symbolic != symbolic_.end()) {
    std::string same = symbolic->second;
    symbolic_[place] = same;
    return make_room(path_of(place));
  }
  struct stat st {};
  if (lstat(path_of(of).c_str(), &st) != 0 || !S_ISREG(st.st_mode))
    return unsafe(words + "and no such file came before it");
  if (of == place) return Done{};
  if (static_cast<uint64_t>(st.st_size) > limit_ - result_.bytes) return too_big();
  symbolic_.erase(place);
  if (Status s = make_room(path_of(place)); !s) return s;
  if (Result<Placement> p = copy_file(path_of(of), path_of(place)); !p) return p.error();
  result_.bytes += static_cast<uint64_t>(st.st_size);
  ++result_.files;
  return Done{};
}

Status Extraction::take_symbolic(const std::string& place, struct archive_entry* entry) {
  const char* target = archive_entry_symlink(entry);
  if (!target || *target == '/' || *target == '\0')
    return unsafe("has the link '" + place + "' to '" + (target ? target : "") +
                  "', which leaves its folder");
  symbolic_[place] = target;
  return make_room(path_of(place));
}

Status Extraction::take(struct archive_entry* entry) {
  const char* raw = archive_entry_pathname(entry);
  if (!raw) raw = archive_entry_pathname_utf8(entry);
  if (!raw) return unsafe("has a name that cannot be read");
  Result<std::string> name = wanted_name(raw);
  if (!name) return name.error();
  if (name->empty()) return Done{};
  if (++entries_ > request_.max_files)
    return unsafe("has more than " + std::to_string(request_.max_files) +
                  " files; --max-files allows more");
  std::string place = names_.mapped(*name);
  auto type = archive_entry_filetype(entry);
  if (const char* target = archive_entry_hardlink(entry)) return take_hard(place, target);
  if (type == AE_IFLNK) return take_symbolic(place, entry);
  symbolic_.erase(place);
  if (type == AE_IFDIR) return make_directories(path_of(place));
  if (type != AE_IFREG) return unsafe("has '" + *name + "', which is a device, a pipe or a socket");
  if (archive_entry_size_is_set(entry) &&
      static_cast<uint64_t>(archive_entry_size(entry)) > limit_ - result_.bytes)
    return unsafe("declares more than " + std::to_string(limit_) + " bytes (at '" + *name +
                  "'); --max-bytes allows more");
  return write_entry(path_of(place), (archive_entry_perm(entry) & 0100) != 0);
}

// No link may be made through another link.
Status Extraction::check_links() const {
  for (const auto& [place, target] : symbolic_)
    for (fs::path above = fs::path(place).parent_path(); !above.empty();
         above = above.parent_path())
      if (symbolic_.count(above.string()))
        return unsafe("has '" + place + "' below the link '" + above.string() + "'");
  return Done{};
}

Status Extraction::make_links() {
  if (Status s = check_links(); !s) return s;
  for (const auto& [place, target] : symbolic_) {
    if (Status s = make_room(path_of(place)); !s) return s;
    if (symlink(target.c_str(), path_of(place).c_str()) != 0)
      return named_error("not-placed", path_of(place) + " cannot be made: " + std::strerror(errno),
                         "use an empty --out folder");
  }
  for (const auto& [place, target] : symbolic_) {
    if (stays_inside(request_.out, place)) continue;
    for (const auto& [other, ignored] : symbolic_) unlink(path_of(other).c_str());
    return unsafe("has the link '" + place + "' to '" + target + "', which leaves its folder");
  }
  return Done{};
}

Status Extraction::run() {
  for (;;) {
    Result<struct archive_entry*> entry = archive_.next();
    if (!entry) return entry.error();
    if (!*entry) break;
    if (Status s = take(*entry); !s) return s;
  }
  if (Status s = make_links(); !s) return s;
  return names_.check_used();
}

}  // namespace

Result<Extracted> extract_archive(const ExtractRequest& request) {
  Result<FileStamp> stamp = stamp_of(request.archive);
  if (!stamp)
    return named_error("not-an-archive", stamp.error().message, "name the archive with --archive");
  // Deflate packs at most 1032 to 1, real files seldom 100 to 1.
  uint64_t limit = request.max_bytes ? request.max_bytes : (1ULL << 30) + 100 * stamp->size;
  Result<ArchiveReader> archive = ArchiveReader::open(request.archive, limit);
  if (!archive) return archive.error();
  if (Status s = make_directories(request.out); !s) return s.error();
  Extraction extraction(request, *archive, limit);
  if (Status s = extraction.run(); !s) return s.error();
  return extraction.result();
}

}  // namespace mlpgen::tool
