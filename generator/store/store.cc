// Putting, finding and placing objects.
#include "store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "file/digest.h"
#include "file/sealed.h"
#include "store/object.h"
#include "store/place.h"
#include "store/readable.h"
#include "store/temporary.h"
#include "text/text.h"

namespace mlpgen {
namespace {

Error not_writable(const std::string& path, const std::string& why) {
  return named_error(
      "store-not-writable", "the store " + path + " cannot be written: " + why,
      "set MLPGEN_STORE to a folder of yours, e.g. `export MLPGEN_STORE=$HOME/mlpgen-store`");
}

// The names that a folder holds reach the disk, so that a rename is not lost by a power cut.
void sync_folder(const std::string& path) {
  int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

// The directory that configure was told of by --vendor, where an edge runs.
std::string other_root_of_this_edge() {
  const char* edge = std::getenv("MLPGEN_EDGE");
  std::optional<std::string> text = edge ? read_sealed(".mlpgen/fetch.json") : std::nullopt;
  nlohmann::json settings = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
  return settings.is_object() ? settings.value("vendor", "") : "";
}

Error digest_differs(const PutRequest& request, const std::string& actual) {
  return named_error(
      "digest-differs",
      request.name + (request.from.empty() ? "" : " (" + request.from + ")") +
          " has another SHA-256 than expected:\n  expected " + request.sha256 + "\n  has      " +
          actual,
      "if the new bytes are right, write their digest into the recipe or run `mlpgen lock`");
}

}  // namespace

Result<std::string> Store::default_root() {
  const char* root = std::getenv("MLPGEN_STORE");
  bool given = root && *root;
  const char* home = std::getenv("HOME");
  if (given && *root != '/')
    return named_error(
        "no-store",
        "MLPGEN_STORE is '" + std::string(root) +
            "', which names another folder in each run directory",
        "write the whole path: export MLPGEN_STORE=/..., e.g. $PWD/" + std::string(root));
  if (given) return std::filesystem::path(root).lexically_normal().string();
  if (home && *home) return std::string(home) + "/.cache/mlpgen";
  return named_error("no-store",
                     "neither MLPGEN_STORE nor HOME is set, so there is no place for the store",
                     "set MLPGEN_STORE to a folder of yours");
}

Result<Store> Store::open(const std::string& root) {
  Store store(root);
  for (const char* part : {"/objects/sha256", "/locks", "/partial", "/tmp", "/trash"})
    if (Status s = make_directories(root + part); !s) return not_writable(root, s.error().message);
  std::string note = root + "/format.json";
  if (!exists(note)) {
    if (Status s = write_file(note, "{\"format\": 1}\n"); !s)
      return not_writable(root, s.error().message);
  } else if (Result<std::string> text = read_file(note); text && newer_format(*text)) {
    return named_error("newer-format", "the store " + root + " was written by a newer mlpgen",
                       "use that version, or set MLPGEN_STORE to another folder");
  }
  return store;
}

Result<Store> Store::open_default() {
  Result<std::string> root = default_root();
  if (!root) return root.error();
  Result<Store> store = open(*root);
  if (!store) return store;
  store->notes_ = UseNotes::of_this_edge(*root);
  store->other_root_ = other_root_of_this_edge();
  return store;
}

std::string Store::folder(const std::string& sha256) const {
  return root_ + "/objects/sha256/" + sha256.substr(0, 2) + "/" + sha256;
}

std::string Store::object_folder(const std::string& root, const std::string& sha256) {
  return Store(root).folder(sha256);
}

bool Store::holds(const std::string& root, const std::string& sha256) {
  return exists(object_folder(root, sha256));
}

// The note, or, where a killed machine lost it, one made from what lies there (without a stamp, so
// it is hashed).
Result<std::optional<Object>> Store::read_object(const std::string& sha256) const {
  std::string at = folder(sha256);
  if (is_absent(at)) return std::optional<Object>();
  if (Result<std::string> text = read_file(at + "/" + kObjectNote); text)
    if (Result<Object> object = object_from_json(*text, at); object && object->sha256 == sha256)
      return std::optional(*object);
  Object object;
  object.sha256 = sha256;
  object.when = now_utc();
  Result<std::vector<std::string>> names = names_in(at);
  if (!names) return names.error();
  for (const std::string& name : *names)
    if (is_file_name(name)) object.name = name;
  object.path = at + "/" + object.name;
  return std::optional(object);
}

bool Store::has(const std::string& sha256) const {
  if (exists(folder(lower(sha256)))) return true;
  return !other_root_.empty() && exists(Store(other_root_).folder(lower(sha256)));
}

void Store::note_use(const std::string& key, ThingKind kind, const std::string& from) const {
  if (notes_) notes_->note(key, kind, from);
}

Result<std::optional<Object>> Store::find(const std::string& sha256) const {
  std::string digest = lower(sha256);
  note_use(digest, ThingKind::kFile, "");
  Result<std::optional<Object>> here = find_here(digest);
  if (!here || *here || other_root_.empty()) return here;
  return copy_from_other(digest);
}

// Its bytes are hashed on the way in, so damage there never comes here.
Result<std::optional<Object>> Store::copy_from_other(const std::string& sha256) const {
  Result<std::optional<Object>> known = Store(other_root_).read_object(sha256);
  if (!known) return known;
  const std::optional<Object>& theirs = *known;
  if (!theirs || theirs->name.empty()) return std::optional<Object>();
  Result<Object> object = put(theirs->path, {sha256, theirs->name, theirs->from});
  if (object) return std::optional(*object);
  std::fprintf(stderr, "warning: %s is not used: %s\n", theirs->path.c_str(),
               object.error().message.c_str());
  return std::optional<Object>();
}

Result<std::optional<Object>> Store::find_here(const std::string& sha256) const {
  Result<std::optional<Object>> known = read_object(lower(sha256));
  if (!known || !*known) return known;
  std::optional<Object> object = **known;
  Result<FileStamp> stamp = stamp_of(object->path);
  if (stamp && !object->name.empty() && *stamp == object->stamp) return object;
  if (std::optional<Damage> damage = verify(*object)) {
    if (Status s = set_aside(*damage); !s) return s.error();
    std::fprintf(
        stderr,
        "warning: the stored file %s was damaged (%s); it was moved to %s/trash and is not used\n",
        damage->path.c_str(), damage->why.c_str(), root_.c_str());
    return std::optional<Object>();
  }
  stamp = stamp_of(object->path);
  if (!stamp) return stamp.error();
  object->stamp = *stamp;
  object->size = object->stamp.size;
  // A store that this user may only read is used all the same; it is hashed again next time.
  (void)write_file(folder(object->sha256) + "/" + kObjectNote, object_to_json(*object));
  return object;
}

Result<Object> Store::put(const std::string& path, const PutRequest& request, bool take) const {
  Result<TemporaryFolder> staged = TemporaryFolder::make(root_ + "/tmp");
  if (!staged) return staged.error();
  std::string copy = staged->path() + "/bytes";
  if (!take || rename(path.c_str(), copy.c_str()) != 0)
    if (Result<Placement> p = copy_file(path, copy); !p) return p.error();
  Result<std::string> actual = sha256_file(copy);
  if (!actual) return actual.error();
  if (!request.sha256.empty() && *actual != lower(request.sha256))
    return digest_differs(request, *actual);
  PutRequest known = request;
  known.sha256 = *actual;
  Result<Object> object = put_hashed(copy, known);
  if (object && take) unlink(path.c_str());
  return object;
}

Result<Object> Store::put_hashed(const std::string& path, const PutRequest& request) const {
  if (!is_file_name(request.name))
    return named_error("bad-file-name", "'" + request.name + "' cannot be a file name in the store",
                       "use a name without '/' that does not begin with '.'");
  Result<TemporaryFolder> staged = TemporaryFolder::make(root_ + "/tmp");
  if (!staged) return staged.error();
  Object object{lower(request.sha256), request.name, request.from, now_utc(), "", 0, {}, {}};
  note_use(object.sha256, ThingKind::kFile, "");
  if (notes_) object.askers = notes_->askers();
  std::string bytes = staged->path() + "/" + object.name;
  if (chmod(path.c_str(), 0444) != 0 || rename(path.c_str(), bytes.c_str()) != 0)
    return not_writable(root_, std::strerror(errno));
  int fd = ::open(bytes.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  if (!synced) return not_writable(root_, std::strerror(errno));
  Result<FileStamp> stamp = stamp_of(bytes);
  if (!stamp) return not_writable(root_, stamp.error().message);
  object.stamp = *stamp;
  object.size = object.stamp.size;
  return commit(staged->path(), object);
}

Result<Object> Store::commit(const std::string& staged, const Object& object) const {
  std::string at = folder(object.sha256);
  if (Status s = write_file(staged + "/" + kObjectNote, object_to_json(object)); !s)
    return not_writable(root_, s.error().message);
  if (Status s = make_directories(std::filesystem::path(at).parent_path()); !s)
    return not_writable(root_, s.error().message);
  Object placed = object;
  placed.path = at + "/" + object.name;
  if (rename(staged.c_str(), at.c_str()) == 0) {
    sync_folder(std::filesystem::path(at).parent_path());
    return placed;
  }
  if (errno != EEXIST && errno != ENOTEMPTY) return not_writable(root_, std::strerror(errno));
  Result<std::optional<Object>> theirs = find_here(object.sha256);  // another process was first
  if (!theirs) return theirs.error();
  if (*theirs) return **theirs;
  return commit(staged, object);  // theirs was damaged and is in the trash now
}

Status Store::get(const Object& object, const std::string& to) const {
  if (Result<Placement> placed = place_file(object.path, to); !placed) return placed.error();
  return Done{};
}

Result<LockFile> Store::lock(const std::string& sha256, const std::string& what) const {
  return lock_in_store(root_ + "/locks/" + lower(sha256), what);
}

}  // namespace mlpgen
