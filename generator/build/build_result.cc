// Moving within one disk: the build's folder lies below OUT.
#include "build/build_result.h"

#include <algorithm>
#include <filesystem>

#include "archive/unpack.h"
#include "file/file.h"
#include "store/place.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

// Files and links below `root` by their names there, sorted. A folder that is not there has none.
Result<std::vector<std::string>> names_below(const std::string& root) {
  std::vector<std::string> names;
  std::error_code why, gone;
  for (std::filesystem::recursive_directory_iterator it(root, why), end; !why && it != end;
       it.increment(why))
    if (it->is_symlink(gone) || it->is_regular_file(gone))
      names.push_back(it->path().lexically_relative(root).string());
  if (why && why != std::errc::no_such_file_or_directory)
    return named_error("not-placed", root + " cannot be read: " + why.message(),
                       "look at it with `ls -l`");
  std::sort(names.begin(), names.end());
  return names;
}

Status take_files(const BuildPlaces& places, const std::string& glob, const std::string& install) {
  bool any = false;
  Result<std::vector<std::string>> built = names_below(places.build);
  if (!built) return built.error();
  for (const std::string& name : *built) {
    if (!matches_glob(glob, name)) continue;
    any = true;
    std::string from = places.build + "/" + name, to = install + "/" + name;
    if (Status s = make_directories(std::filesystem::path(to).parent_path()); !s) return s;
    if (exists(to)) continue;
    if (Result<Placement> placed = copy_file(from, to); !placed) return placed.error();
  }
  if (any) return Done{};
  return named_error("build-failed", "the build made no file " + glob,
                     "correct the name, or the target that makes it");
}

// A .pc file names its own place instead of the prefix, so that it holds wherever the folder lies.
Status relocate_pkg_config(const std::string& install, const std::string& name) {
  std::string path = install + "/" + name;
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  std::string up = "${pcfiledir}";
  for (char c : name)
    if (c == '/') up += "/..";
  return write_file(path, replace_all(*text, kBuildPrefix, up));
}

}  // namespace

Status collect_install(const BuildPlaces& places, const std::vector<std::string>& take,
                       const std::string& out) {
  std::string prefix = std::string(kBuildPrefix).substr(1) + "/", install = out + "/install";
  Result<std::vector<std::string>> put = names_below(places.stage);
  if (!put) return put.error();
  for (const std::string& name : *put)
    if (!name.starts_with(prefix))
      return named_error("build-failed", "the build installs /" + name + ", outside its prefix",
                         "name a place below @prefix@ by an option of the project");
  std::error_code why;
  std::filesystem::path staged = places.stage + kBuildPrefix;
  if (std::filesystem::exists(staged)) std::filesystem::rename(staged, install, why);
  if (why) return named_error("not-placed", install + " cannot be made: " + why.message(), "");
  for (const std::string& glob : take)
    if (Status s = take_files(places, glob, install); !s) return s;
  Result<std::vector<std::string>> names = names_below(install);
  if (!names) return names.error();
  for (const std::string& name : *names)
    if (name.ends_with(".pc") && !std::filesystem::is_symlink(install + "/" + name))
      if (Status s = relocate_pkg_config(install, name); !s) return s;
  if (!names->empty()) return Done{};
  return named_error(
      "build-failed", "the build installed no file",
      "name files of its folder to take, or a target that installs to @stage@@prefix@");
}

Status unpack_wheels(const std::string& out) {
  Result<std::vector<std::string>> names = names_below(out + "/install");
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!name.ends_with(".whl")) continue;
    ExtractRequest request;
    request.archive = out + "/install/" + name;
    request.out = out + "/site";
    if (Result<Extracted> done = extract_archive(request); !done) return done.error();
  }
  if (exists(out + "/site")) return Done{};
  return named_error("build-failed", "the build made no wheel", "look at its output");
}

}  // namespace mlpgen::tool
