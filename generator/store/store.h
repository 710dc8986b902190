// The store: files by the SHA-256 of their bytes, shared by all run directories of a user.
//
//   objects/sha256/ab/<64 hex>/<file name>      the bytes, read-only
//   objects/sha256/ab/<64 hex>/.object.json     {format, name, size, sha256, from, when, stamp}
//   format.json      {"format": 1}: a program that knows only older ones stops
//   trusted/         digests of files for which nobody published one (trusted.h)
//   git/<64 hex>     repositories, by the SHA-256 of their URL (git/git_repository.h)
//   uses.jsonl       runs/<64 hex>     who asked for what (uses.h)
//   locks/<64 hex>     partial/<64 hex>     tmp/     trash/
//
// An object's folder is filled in tmp/ and renamed, so an object is there whole or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "file/file.h"
#include "store/lock.h"
#include "store/uses.h"

namespace mlpgen {

// In a directory that `mlpgen vendor` fills: {format, complete}. While it is there, mlpgen-tool
// keeps the packages of Python environments as files of that store.
inline constexpr const char* kVendorNote = "vendor.json";

// One file in the store.
struct Object {
  std::string sha256;         // 64 lower-case hexadecimal digits
  std::string name;           // file name under which it was first put
  std::string from;           // where it came from: a URL, or "NAME==VERSION"
  std::string when;           // UTC, "2026-11-22T02:08:00Z"
  std::string path;           // absolute
  uint64_t size = 0;          // bytes
  FileStamp stamp;            // of the file when its digest was last computed
  std::vector<Asker> askers;  // for whom it was first put
};

// What to put, and under which conditions.
struct PutRequest {
  std::string sha256;  // the digest that the bytes must have; "" takes whatever they have
  std::string name;    // file name: no "/", not beginning with "."
  std::string from;
};

// An object whose bytes are not what its name says.
struct Damage {
  std::string sha256;  // expected
  std::string actual;  // what the bytes have; "" when they cannot be read
  std::string name;
  std::string path;
  std::string why;  // a sentence
};

class Store {
 public:
  // $MLPGEN_STORE, else ~/.cache/mlpgen. An error when neither variable is set.
  static Result<std::string> default_root();
  // Makes the folders that are missing. Errors: store-not-writable, newer-format.
  static Result<Store> open(const std::string& root);
  // For what an edge runs: uses are noted (uses.h), and the directory of `configure --vendor` is
  // the second store, which is only read: what this one lacks is copied from there.
  static Result<Store> open_default();

  // The object with this digest. Its stamp is compared with the noted one; where they differ the
  // bytes are hashed, and the new stamp noted or, if the digest differs, the object is moved to
  // trash/ with a message on stderr and is not found.
  Result<std::optional<Object>> find(const std::string& sha256) const;
  // Copies (or, with `take`, moves) a file in. A digest that differs is the error `digest-differs`.
  // Of two processes that put the same bytes one wins and both get its object.
  Result<Object> put(const std::string& path, const PutRequest& request, bool take = false) const;
  // As put with `take`, for bytes that the caller has hashed while it wrote them.
  Result<Object> put_hashed(const std::string& path, const PutRequest& request) const;
  // Places an object at `to`, which must not be there: see place_file.
  Status get(const Object& object, const std::string& to) const;

  // Whether the store at `root` has an object of that name: nothing is read, made or checked.
  static bool holds(const std::string& root, const std::string& sha256);
  static std::string object_folder(const std::string& root, const std::string& sha256);
  bool has(const std::string& sha256) const;  // here or in the second store; looks at no byte
  // Before a repository is looked for: see uses.h.
  void note_use(const std::string& key, ThingKind kind, const std::string& from) const;

  Result<std::vector<Object>> list() const;                  // sorted by digest
  std::optional<Damage> verify(const Object& object) const;  // reads all bytes
  Status set_aside(const Damage& damage) const;              // to trash/

  // Held while one process obtains the object; others wait (see lock_in_store) and then find it.
  Result<LockFile> lock(const std::string& sha256, const std::string& what) const;
  std::string partial(const std::string& sha256) const { return root_ + "/partial/" + sha256; }
  const std::string& root() const { return root_; }
  const std::string& other_root() const { return other_root_; }

 private:
  explicit Store(std::string root) : root_(std::move(root)) {}
  std::string folder(const std::string& sha256) const;
  Result<Object> commit(const std::string& staged, const Object& object) const;
  Result<std::optional<Object>> read_object(const std::string& sha256) const;
  Result<std::optional<Object>> find_here(const std::string& sha256) const;
  Result<std::optional<Object>> copy_from_other(const std::string& sha256) const;

  std::string root_;
  std::string other_root_;           // "" for none
  std::shared_ptr<UseNotes> notes_;  // nothing where no edge runs
};

}  // namespace mlpgen
