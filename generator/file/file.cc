// Whole files: read, write atomically, stamp.
#include "file/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "text/bad_byte.h"

namespace mlpgen {
namespace {

Error failed(const std::string& path, const char* what) {
  int why = errno;
  Error e{path + " cannot be " + what + ": " + std::strerror(why), "", why};
  if (why == ENOSPC)
    e.help =
        "free some space on that disk, then run the same command again: nothing was half-written";
  if (why == EMFILE)
    e.help =
        "this shell allows too few open files: type `ulimit -n 1024`, then the same command again";
  if (why == EACCES || why == EROFS) e.help = "check its owner and mode: `ls -ld " + path + "`";
  return e;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

// A file that takes its name only when all of it is on disk.
class NewFile {
 public:
  // In a folder that others may write to, a name that can be guessed could be a link of theirs: the
  // name holds chance, and what stands there is never opened.
  NewFile(const std::string& path, unsigned mode) : path_(path) {
    do {
      unsigned chance = 0;
      (void)!getrandom(&chance, sizeof chance, 0);
      temporary_ = path + ".tmp." + std::to_string(getpid()) + "." + std::to_string(chance);
      fd_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    } while (fd_ < 0 && errno == EEXIST);
    if (fd_ < 0) status_ = failed(path_, "written");
  }
  ~NewFile() {
    if (fd_ < 0) return;
    close(fd_);
    unlink(temporary_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void add(std::string_view bytes) {
    if (!status_) return;
    if (!write_all(fd_, bytes)) status_ = failed(path_, "written");
    // The disk begins while the next piece is made, so that the sync at the end waits less.
    if (bytes.size() >= kWorthwhile) sync_file_range(fd_, 0, 0, SYNC_FILE_RANGE_WRITE);
  }

  Status finish(bool sync = true) {
    if (status_ && sync && fsync(fd_) != 0) status_ = failed(path_, "written");
    if (!status_) return status_;
    int fd = std::exchange(fd_, -1);
    if (close(fd) == 0 && rename(temporary_.c_str(), path_.c_str()) == 0) return status_;
    status_ = failed(path_, "written");
    unlink(temporary_.c_str());
    return status_;
  }

 private:
  static constexpr size_t kWorthwhile = 1 << 16;
  std::string path_, temporary_;
  int fd_ = -1;
  Status status_ = Done{};
};

// The file that stands at a path, read from its beginning.
class OldFile {
 public:
  explicit OldFile(const std::string& path) {
    if (Result<int> fd = open_to_read(path)) fd_ = *fd;
  }
  ~OldFile() {
    if (fd_ >= 0) close(fd_);
  }
  OldFile(const OldFile&) = delete;
  OldFile& operator=(const OldFile&) = delete;

  // Whether these bytes come next; once they did not, nothing more is asked.
  bool goes_on_with(std::string_view bytes) { return fd_ >= 0 && next(bytes.size()) == bytes; }
  bool ends() { return fd_ >= 0 && next(1).empty(); }
  // Gives the first `size` bytes once more.
  template <class Take>
  void again(size_t size, Take take) {
    if (fd_ >= 0) lseek(fd_, 0, SEEK_SET);
    while (size > 0) {
      std::string_view bytes = next(std::min(size, kPiece));
      if (bytes.empty()) return;
      take(bytes);
      size -= bytes.size();
    }
  }

 private:
  std::string_view next(size_t size) {
    buffer_.resize(size);
    size_t have = 0;
    while (have < size) {
      ssize_t n = read(fd_, buffer_.data() + have, size - have);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      have += static_cast<size_t>(n);
    }
    return std::string_view(buffer_).substr(0, have);
  }

  static constexpr size_t kPiece = 1 << 20;
  int fd_ = -1;
  std::string buffer_;
};

}  // namespace

Result<int> open_to_read(const std::string& path) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return failed(path, "read");
  struct stat st {};
  if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) return fd;
  close(fd);
  if (S_ISDIR(st.st_mode)) errno = EISDIR;
  if (S_ISDIR(st.st_mode)) return failed(path, "read");
  const char* what = S_ISFIFO(st.st_mode)   ? "a FIFO"
                     : S_ISSOCK(st.st_mode) ? "a socket"
                                            : "a device";
  return Error{path + " cannot be read: it is " + what + ", not a file", "name a regular file"};
}

Result<std::string> read_file(const std::string& path) {
  Result<int> opened = open_to_read(path);
  if (!opened) return opened.error();
  int fd = *opened;
  struct stat st {};
  std::string text;
  if (fstat(fd, &st) == 0 && st.st_size > 0) text.reserve(static_cast<size_t>(st.st_size));
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      Error e = failed(path, "read");
      close(fd);
      return e;
    }
    if (n == 0) break;
    text.append(buffer, static_cast<size_t>(n));
  }
  close(fd);
  return text;
}

Status write_file(const std::string& path, std::string_view bytes, unsigned mode) {
  NewFile file(path, mode);
  file.add(bytes);
  return file.finish();
}

Status write_file(const std::string& path, const Pieces& text, unsigned mode) {
  NewFile file(path, mode);
  text.give([&](std::string_view piece) { file.add(piece); });
  return file.finish();
}

Result<bool> write_file_if_changed(const std::string& path, std::string_view bytes) {
  struct stat st {};
  if (stat(path.c_str(), &st) == 0 && static_cast<size_t>(st.st_size) == bytes.size()) {
    Result<std::string> old = read_file(path);
    if (old && *old == bytes) return false;
  }
  if (Status s = write_file(path, bytes); !s) return s.error();
  return true;
}

void write_cache(const std::string& path, std::string_view bytes) {
  if (Result<std::string> old = read_file(path); old && *old == bytes) return;
  NewFile file(path, 0644);
  file.add(bytes);
  (void)file.finish(false);  // a cache that cannot be written is one that is not there
}

Result<bool> write_file_if_changed(const std::string& path, const Pieces& text) {
  OldFile old(path);
  size_t same = 0;  // bytes at the beginning of both
  std::optional<NewFile> file;
  auto begin = [&] {
    file.emplace(path, 0644);
    old.again(same, [&](std::string_view bytes) { file->add(bytes); });
  };
  text.give([&](std::string_view piece) {
    if (!file && old.goes_on_with(piece)) {
      same += piece.size();
      return;
    }
    if (!file) begin();
    file->add(piece);
  });
  if (!file && old.ends()) return false;
  if (!file) begin();
  if (Status s = file->finish(); !s) return s.error();
  return true;
}

bool exists(const std::string& path) {
  struct stat st {};
  return stat(path.c_str(), &st) == 0;
}

std::string input_fault(const std::string& path, const std::string& shown) {
  struct stat st {};
  if (stat(path.c_str(), &st) != 0) return "there is no " + shown;
  return S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) ? ""
                                                    : shown + " is neither a file nor a folder";
}

Result<PathKind> look_at(const std::string& path) {
  struct stat st {};
  if (stat(path.c_str(), &st) == 0)
    return S_ISDIR(st.st_mode) ? PathKind::kFolder : PathKind::kOther;
  if (errno == ENOENT || errno == ENOTDIR) return PathKind::kNothing;
  return failed(path, "looked at");
}

bool may_be_there(const std::string& path) {
  Result<PathKind> kind = look_at(path);
  return !kind || *kind != PathKind::kNothing;
}

Result<std::vector<std::string>> folder_names(const std::string& folder) {
  std::vector<std::string> names;
  DIR* open_folder = opendir(folder.c_str());
  if (!open_folder && (errno == ENOENT || errno == ENOTDIR)) return names;
  if (!open_folder) return failed(folder, "read");
  const std::unique_ptr<DIR, int (*)(DIR*)> closed_at_end(open_folder, closedir);
  for (;;) {
    errno = 0;  // the end of a folder and an error differ in nothing else
    const dirent* entry = readdir(open_folder);
    if (!entry && errno != 0) return failed(folder, "read");
    if (!entry) break;
    std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (std::optional<BadByte> bad = find_bad_byte(name))
      return Error{"a name in " + folder + " has " + bad->what + ": " + printable(name),
                   "rename that file, or take it out of the folder"};
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<FileStamp> stamp_of(const std::string& path) {
  struct stat st {};
  if (stat(path.c_str(), &st) != 0) return failed(path, "read");
  return FileStamp{static_cast<uint64_t>(st.st_size),
                   static_cast<int64_t>(st.st_mtim.tv_sec) * 1'000'000'000 + st.st_mtim.tv_nsec,
                   static_cast<uint64_t>(st.st_ino)};
}

Status make_directories(const std::string& path) {
  std::error_code why;
  std::filesystem::create_directories(path, why);
  if (!why) return Done{};
  errno = why.value();
  return failed(path, "made");
}

}  // namespace mlpgen
