// Folders and files, with their errors.
#include "store/readable.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "file/file.h"

namespace mlpgen {
namespace {

Error unreadable(const std::string& message) {
  return named_error("unreadable-file", message,
                     "look at its owner and mode with `ls -ld`, and at the disk with `dmesg`; "
                     "nothing was removed");
}

}  // namespace

bool is_absent(const std::string& path) {
  struct stat st {};
  return stat(path.c_str(), &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code why;
  for (std::filesystem::directory_iterator at(folder, why), end; !why && at != end;
       at.increment(why))
    names.push_back(at->path().filename());
  if (why && why != std::errc::no_such_file_or_directory)
    return unreadable(folder + " cannot be read: " + why.message());
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::optional<std::string>> read_if_there(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (text) return std::optional(*text);
  if (is_absent(path)) return std::optional<std::string>();
  return unreadable(text.error().message);
}

}  // namespace mlpgen
