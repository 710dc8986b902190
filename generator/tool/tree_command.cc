// mlpgen-tool tree: files and folders into a new tree.
#include <algorithm>
#include <filesystem>
#include <vector>

#include "archive/inside.h"
#include "base/subcommand.h"
#include "file/file.h"
#include "store/place.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

Error taken(const std::string& to) {
  return named_error("name-taken", "two sources have the name " + to + " in the new tree",
                     "give one of them another name");
}

Status place_one(const std::string& from, const std::string& to) {
  if (Status s = make_directories(fs::path(to).parent_path()); !s) return s;
  if (exists(to)) return taken(to);
  // A file may be shared with another artifact, which nobody writes, but not with what a person has
  // elsewhere: an artifact's times change, a person's copy never does.
  std::error_code why;
  std::string real = fs::canonical(from, why).string();
  bool of_this_run = real.starts_with(fs::current_path().string() + "/out/");
  Result<Placement> placed = why || !of_this_run ? copy_file(from, to) : place_file(real, to);
  return placed ? Status(Done{}) : Status(placed.error());
}

// A link to a folder stays a link: following it could go round in circles.
Status keep_link(const fs::path& path, const std::string& target) {
  std::error_code why;
  if (fs::read_symlink(path, why).is_absolute())
    return named_error("unsafe-link", path.string() + " is a link to an absolute path",
                       "make it relative, or copy the folder by a --copy of its own");
  if (exists(target)) return taken(target);
  fs::copy_symlink(path, target, why);
  if (!why) return Done{};
  return named_error("not-placed", target + " cannot be made: " + why.message(),
                     "use an empty --out folder");
}

// Everything below `from`, in the order of names. A link that leads out of `from` would make the
// copy depend on what is not its input.
Status place_folder(const std::string& from, const std::string& to, bool hidden) {
  std::error_code why;
  std::string root = fs::canonical(from, why).string() + "/";
  std::vector<fs::path> found;
  for (fs::recursive_directory_iterator it(from, why), end; it != end && !why; it.increment(why)) {
    std::string name = it->path().filename();
    if (!hidden && (name.starts_with('.') || name == "__pycache__"))
      it.disable_recursion_pending();
    else
      found.push_back(it->path());
  }
  if (why)
    return named_error("not-placed", from + " cannot be read: " + why.message(),
                       "look at it with `ls -l`");
  std::sort(found.begin(), found.end());
  if (Status s = make_directories(to); !s) return s;
  for (const fs::path& path : found) {
    std::string target = to + "/" + path.lexically_relative(from).string();
    bool is_link = fs::is_symlink(path);
    if (is_link && !(fs::weakly_canonical(path, why).string() + "/").starts_with(root))
      return named_error("unsafe-link", path.string() + " is a link that leaves " + from,
                         "copy what it points to by a --copy of its own");
    if (fs::is_directory(path) && !is_link) {
      if (Status s = make_directories(target); !s) return s;
    } else if (fs::is_directory(path)) {
      if (Status s = keep_link(path, target); !s) return s;
    } else if (Status s = place_one(path, target); !s) {
      return s;
    }
  }
  return Done{};
}

Status place(const std::string& from, const std::string& to, const std::string& out, bool hidden) {
  if (!is_inside_name(to))
    return named_error("usage", "'" + to + "' is no place inside the new tree",
                       "use a relative path without '..'");
  if (!exists(from))
    return named_error("not-found", from + " is not there",
                       "make it first, or correct --copy " + to + "=" + from);
  std::string target = fs::path(out + "/" + to).lexically_normal().string();
  return fs::is_directory(from) ? place_folder(from, target, hidden) : place_one(from, target);
}

Result<int> make_tree(const Arguments& a) {
  for (const auto& [to, from] : a.map("copy"))
    if (Status s = place(from, to, a.text("out"), !a.yes("without_hidden")); !s) return s.error();
  return 0;
}

const Registered kTree(
    {"tree",
     make_tree,
     "Files are shared with their source where that is safe (reflink; a hard link of a read-only "
     "file), else copied.\n"
     "A folder's contents go into its place (. is the tree itself); no file is ever replaced.\n"
     "Example: mlpgen-tool tree --copy performance/run_1=out/a/run --copy user.conf=user.conf "
     "--out "
     "tree",
     {{"without_hidden", Parameter::Type::kBool,
       "leave out names that begin with a dot, and __pycache__"}}});

}  // namespace

}  // namespace mlpgen::tool
