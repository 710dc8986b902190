// mlpgen-tool link-local: a copy that the user already has becomes an artifact, and stays
// untouched.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/subcommand.h"
#include "file/digest.h"
#include "file/file.h"
#include "list/local_proof.h"
#include "store/object.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

// A file of the copy; its digest where somebody has read it.
struct LocalFile {
  std::string name;
  fs::path path;
  std::string sha256 = "";
};

Result<Json> describe(const LocalFile& file, bool with_digest) {
  Result<FileStamp> stamp = stamp_of(file.path);
  if (!stamp) return stamp.error();
  Json entry{{"name", file.name}, {"size", stamp->size}, {"mtime_ns", stamp->mtime_ns}};
  if (!file.sha256.empty()) entry["sha256"] = file.sha256;
  if (!with_digest || !file.sha256.empty()) return entry;
  Result<std::string> digest = sha256_file(file.path);
  if (!digest) return digest.error();
  entry["sha256"] = *digest;
  return entry;
}

// Files below the folder `root`, sorted by name. Links to folders are not followed.
Result<std::vector<LocalFile>> files_below(const fs::path& root) {
  std::vector<LocalFile> files;
  std::error_code why;
  for (fs::recursive_directory_iterator it(root, why), end; it != end && !why; it.increment(why))
    if (it->is_regular_file(why))
      files.push_back({it->path().lexically_relative(root).string(), it->path()});
  if (why)
    return named_error("not-placed", root.string() + " cannot be read: " + why.message(),
                       "look at it with `ls -l`");
  std::sort(files.begin(), files.end(),
            [](const LocalFile& a, const LocalFile& b) { return a.name < b.name; });
  return files;
}

// What to adopt, and what must hold for it.
struct Adoption {
  std::string path, out;
  std::string what, how;
  std::string link;                    // name of the link; a "/" at its end asks for a folder
  std::vector<std::string> must_have;  // names below the folder
  bool with_digest = false;
  LocalProof proof;
};

std::string link_name(const Adoption& a) {
  return a.link.substr(0, a.link.size() - (a.link.ends_with('/') ? 1 : 0));
}

Status check_kind(const Adoption& a, const fs::path& root) {
  bool folder = fs::is_directory(root);
  if (!folder && !fs::is_regular_file(root))  // reading a pipe or a device may never end
    return named_error("not-found", root.string() + " is neither a file nor a folder", a.how);
  if (a.link.ends_with('/') && !folder)
    return named_error("not-found", root.string() + " is a file; " + a.what + " is a folder",
                       a.how);
  if (!a.link.ends_with('/') && a.link != "local" && folder)
    return named_error("not-found", root.string() + " is a folder; " + a.what + " is a file",
                       a.how);
  for (const std::string& name : a.must_have)
    if (!exists((root / name).string()))
      return named_error("not-found",
                         root.string() + " has no " + name + ", so it is not " + a.what, a.how);
  return Done{};
}

// What of the copy counts, after it has been compared with what is known of it.
Result<std::vector<LocalFile>> proven_files(const Adoption& a, const fs::path& root) {
  if (!a.proof.list.empty() || (fs::is_directory(root) && !a.proof.sha256.empty())) {
    auto listed = prove_list(root, a.proof, a.how);
    if (!listed) return listed.error();
    std::vector<LocalFile> files;
    fs::path folder(a.proof.folder);
    for (const ListedFile& f : *listed)
      files.push_back(
          {(folder / f.name).lexically_normal().string(), root / folder / f.name, f.sha256});
    return files;
  }
  if (fs::is_directory(root)) return files_below(root);
  Result<std::string> digest = prove_file(root, a.proof, a.how);
  if (!digest) return digest.error();
  return std::vector<LocalFile>{{root.filename().string(), root, *digest}};
}

Status adopt(const Adoption& a) {
  const std::string& path = a.path;
  const std::string& out = a.out;
  if (path.empty())
    return named_error("not-given", a.what + " is needed, and its location is not given", a.how);
  std::error_code why;
  fs::path root = fs::canonical(path, why);
  if (why)
    return named_error("not-found", path + " is not there",
                       "name the folder or file that holds your copy");
  if (Status s = check_kind(a, root); !s) return s;
  auto files = proven_files(a, root);
  if (!files) return files.error();
  if (files->empty())
    return named_error("not-found", root.string() + " holds no file",
                       "name the folder that holds your copy");
  Json entries = Json::array();
  uint64_t bytes = 0;
  for (const LocalFile& file : *files) {
    Result<Json> entry = describe(file, a.with_digest);
    if (!entry) return entry.error();
    bytes += (*entry)["size"].get<uint64_t>();
    entries.push_back(*entry);
  }
  if (Status s = make_directories(out); !s) return s;
  std::string link = out + "/" + link_name(a);
  fs::create_symlink(root, link, why);
  if (why)
    return named_error("not-placed", link + " cannot be made: " + why.message(),
                       "use an empty --out folder");
  Json manifest{{"format", 1},
                {"path", root.string()},
                {"count", entries.size()},
                {"bytes", bytes},
                {"files", entries}};
  return write_file(out + "/manifest.json",
                    manifest.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

Result<int> link_local(const Arguments& arguments) {
  Adoption a;
  a.path = arguments.text("path");
  a.out = arguments.text("out");
  a.what = arguments.text("what");
  a.how = arguments.text("how");
  a.link = arguments.text("name");
  a.must_have = arguments.list("has");
  a.with_digest = arguments.yes("digest");
  a.proof = {arguments.text("sha256"), arguments.text("md5"), arguments.number("size"),
             arguments.text("list"), arguments.text("folder")};
  if (!is_file_name(link_name(a)))
    return named_error("bad-file-name", "'" + a.link + "' is no file name",
                       "leave folders out; a folder's name may end in one /");
  if (Status s = adopt(a); !s) return s.error();
  return 0;
}

const Registered kLinkLocal(
    {"link-local",
     link_local,
     "OUT/NAME points to it; OUT/manifest.json has {path, count, bytes, files: [{name, size, "
     "mtime_ns, and sha256 where it was read}]}.\n"
     "Nothing below the path is changed.\n"
     "Example: mlpgen-tool link-local --path /data/openimages --what 'Open Images' --how 'download "
     "it' --out out/openimages",
     {{"digest", Parameter::Type::kBool, "read every file and note its sha256"}}});

}  // namespace

}  // namespace mlpgen::tool
