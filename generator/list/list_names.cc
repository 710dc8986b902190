// Lines into checked, sorted names.
#include "list/list_names.h"

#include <algorithm>
#include <set>

#include "file/digest.h"
#include "file/file.h"
#include "store/object.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

bool stays_in_folder(const std::string& name) {
  auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (name.ends_with('/') || std::any_of(name.begin(), name.end(), control)) return false;
  std::vector<std::string> parts = split(name, '/');
  return std::all_of(parts.begin(), parts.end(), [](const auto& p) { return is_file_name(p); });
}

Error twice(const std::string& name, const std::string& path, const std::string& how) {
  return named_error("name-taken", path + ": the name " + name + how,
                     "each line names another file");
}

// A name that is both a file and the folder of another.
Status check_folders(const std::set<std::string>& names, const std::string& path) {
  for (const std::string& name : names)
    for (size_t at = name.find('/'); at != name.npos; at = name.find('/', at + 1))
      if (names.contains(name.substr(0, at)))
        return twice(name.substr(0, at), path, " is a file and a folder");
  return Done{};
}

}  // namespace

Result<NameList> names_of(const std::string& text, const std::string& path) {
  std::set<std::string> names;
  for (const std::string& line : split(text, '\n')) {
    std::string name(trim(line));
    if (name.empty()) continue;
    if (!stays_in_folder(name))
      return named_error("bad-file-name", path + ": '" + name + "' names no file below its folder",
                         "use relative names without '..', hidden parts and control characters");
    if (!names.insert(name).second) return twice(name, path, " appears twice");
  }
  if (names.empty())
    return named_error("not-found", path + " has no names", "write one name a line");
  if (Status s = check_folders(names, path); !s) return s.error();
  NameList list;
  Sha256 digest;
  for (const std::string& name : names) digest.field(name);
  list.names.assign(names.begin(), names.end());
  list.sha256 = digest.hex();
  return list;
}

Result<NameList> read_names(const std::string& path) {
  if (!exists(path))
    return named_error("not-found", path + " is not there",
                       "give a text file with one name a line");
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  return names_of(*text, path);
}

std::string url_part(const std::string& name) {
  static const std::string kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  static const char* kDigits = "0123456789ABCDEF";
  std::string out;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != kPlain.npos)
      out += c;
    else
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

}  // namespace mlpgen::tool
