// Requirements with hashes to files in a folder.
#include "package/kept_packages.h"

#include <algorithm>

#include "package/package_file.h"
#include "package/requirements.h"

namespace mlpgen::tool {
namespace {

// Brings one file into the store.
Result<std::string> fetch_package(const Store& store, const Requirement& wanted,
                                  const std::string& python) {
  PackageRequest request;
  request.name = wanted.name;
  request.version = wanted.version;
  request.python = python;
  Result<Object> object = obtain_package(store, request);
  if (!object && object.error().id == "package-not-found") {
    request.kind = PackageKind::kSdist;
    object = obtain_package(store, request);
  }
  if (!object) return object.error();
  if (std::find(wanted.hashes.begin(), wanted.hashes.end(), "sha256:" + object->sha256) !=
      wanted.hashes.end())
    return object->sha256;
  return named_error(
      "digest-differs",
      object->name + " has a SHA-256 that the requirements do not name:\n  has " + object->sha256,
      "if the new bytes are right, run `mlpgen lock`");
}

// The files of one requirement.
struct KeptFiles {
  std::vector<std::string> digests;
  bool has_marker = false;  // uv knows whether it is needed here
  bool enough() const { return has_marker || !digests.empty(); }
};

// Those that turn out to be damaged are left out of `digests`.
Status place_files(const Store& store, std::vector<std::string>& digests,
                   const std::string& folder) {
  std::vector<std::string> placed;
  for (const std::string& digest : digests) {
    Result<std::optional<Object>> object = store.find(digest);
    if (!object) return object.error();
    if (!*object) continue;
    if (Status s = store.get(**object, folder + "/" + (*object)->name); !s) return s.error();
    placed.push_back(digest);
  }
  digests = placed;
  return Done{};
}

// Digests of the requirement's files that the store has.
std::vector<std::string> stored(const Store& store, const Requirement& wanted) {
  std::vector<std::string> found;
  for (const std::string& hash : wanted.hashes)
    if (hash.starts_with("sha256:") && store.has(hash.substr(7))) found.push_back(hash.substr(7));
  return found;
}

}  // namespace

bool keeps_packages(const Store& store) { return exists(store.root() + "/" + kVendorNote); }

Result<bool> place_kept_packages(const Store& store, const std::string& requirements,
                                 const std::string& python, bool fetch, const std::string& folder) {
  std::vector<KeptFiles> all;
  for (const Requirement& wanted : read_requirements(requirements)) {
    all.push_back({stored(store, wanted), wanted.has_marker});
    if (all.back().enough()) continue;
    if (!fetch) return false;
    Result<std::string> digest = fetch_package(store, wanted, python);
    if (!digest) return digest.error();
    all.back().digests.push_back(*digest);
  }
  if (Status s = make_directories(folder); !s) return s.error();
  for (KeptFiles& files : all) {
    if (Status s = place_files(store, files.digests, folder); !s) return s.error();
    if (!files.enough()) return false;
  }
  return true;
}

}  // namespace mlpgen::tool
