// Looked at by lstat, so that no link is followed.
#include "artifact/links.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "file/file.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& name) {
  return name.has_parent_path() ? name.parent_path() : fs::path(".");
}

// "results/x" to out/app/ID12, "d/x": "../out/app/ID12/d/x".
std::string text_of(const StepLink& link, const std::string& directory) {
  fs::path target = directory + (link.to.empty() ? "" : "/" + link.to);
  if (!target.has_filename()) target = target.parent_path();  // "x/" is the folder x
  return target.lexically_relative(folder_of(link.name)).string();
}

// The first folder above `name` that is no folder, or `name` where something of a person stands; ""
// where the place is ours to use.
std::string taken_by(const std::string& name) {
  struct stat st {};
  for (size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1))
    if (std::string above = name.substr(0, slash);
        lstat(above.c_str(), &st) == 0 && !S_ISDIR(st.st_mode))
      return above;
  if (lstat(name.c_str(), &st) != 0) return "";
  if (!S_ISLNK(st.st_mode)) return name;
  std::error_code why;
  fs::path to = fs::read_symlink(name, why);
  bool ours =
      to.is_relative() && !artifact_of((folder_of(name) / to).lexically_normal().string()).empty();
  return ours ? "" : name;
}

Error taken(const std::string& what, const StepLink& link, const std::string& directory) {
  std::string belongs = what == link.name ? "the link to " + directory + " belongs there"
                                          : "the link " + link.name + " belongs below it";
  bool is_link = fs::is_symlink(what);
  return {
      what + " is in the way" + (is_link ? ", a link that is not mlpgen's" : "") + ": " + belongs,
      "move it elsewhere, then run ninja again: `mv " + what + " " + what + ".old`"};
}

}  // namespace

LinkPlace look_at_link(const StepLink& link, const std::string& directory) {
  if (!taken_by(link.name).empty()) return LinkPlace::kTaken;
  std::error_code why;
  fs::path to = fs::read_symlink(link.name, why);
  if (why) return LinkPlace::kFree;
  return to == text_of(link, directory) ? LinkPlace::kRight : LinkPlace::kOther;
}

Status set_link(const StepLink& link, const std::string& directory) {
  if (Status s = make_directories(folder_of(link.name)); !s) return s;
  // Named by the artifact, whose lock is held: what a kill left is removed by the next run of the
  // same edge.
  std::string fresh = link.name + ".tmp." + fs::path(directory).filename().string();
  unlink(fresh.c_str());
  if (symlink(text_of(link, directory).c_str(), fresh.c_str()) == 0 &&
      rename(fresh.c_str(), link.name.c_str()) == 0)
    return Done{};
  return Error{link.name + " cannot be made: " + std::strerror(errno), ""};
}

Status check_links(const Step& step) {
  for (const StepLink& link : step.links)
    if (std::string what = taken_by(link.name); !what.empty())
      return taken(what, link, step.directory);
  return Done{};
}

Status repair_links(const Step& step) {
  if (Status s = check_links(step); !s) return s;
  for (const StepLink& link : step.links)
    if (look_at_link(link, step.directory) != LinkPlace::kRight)
      if (Status s = set_link(link, step.directory); !s) return s;
  return Done{};
}

}  // namespace mlpgen
