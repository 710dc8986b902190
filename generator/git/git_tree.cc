// Lists of git read, files compared.
#include "git/git_tree.h"

#include <filesystem>
#include <map>
#include <optional>

#include "fetch/git_blob.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

// "MODE TYPE ID\tPATH"
std::optional<TreeEntry> read_entry(const std::string& line) {
  size_t tab = line.find('\t');
  std::vector<std::string> words = split(line.substr(0, tab), ' ');
  if (tab == std::string::npos || words.size() != 3) return std::nullopt;
  TreeEntry entry{TreeEntry::Kind::kFile, words[2], line.substr(tab + 1)};
  if (words[0] == "120000") entry.kind = TreeEntry::Kind::kLink;
  if (words[0] == "160000") entry.kind = TreeEntry::Kind::kSubmodule;
  return entry;
}

}  // namespace

std::vector<TreeEntry> read_tree_list(std::string_view output) {
  std::vector<TreeEntry> list;
  for (const std::string& line : split(output, '\0'))
    if (std::optional<TreeEntry> entry = read_entry(line)) list.push_back(std::move(*entry));
  return list;
}

bool has_bytes_of(const std::vector<TreeEntry>& list, const std::string& folder) {
  for (const TreeEntry& entry : list) {
    fs::path path = fs::path(folder) / entry.path;
    std::error_code why;
    fs::file_type type = fs::symlink_status(path, why).type();
    std::string id;
    if (entry.kind == TreeEntry::Kind::kSubmodule) continue;
    if (entry.kind == TreeEntry::Kind::kLink && type == fs::file_type::symlink)
      id = blob_id_of_text(fs::read_symlink(path, why).string());
    if (entry.kind == TreeEntry::Kind::kFile && type == fs::file_type::regular) id = blob_id(path);
    if (id != entry.id) return false;
  }
  return true;
}

std::vector<Submodule> read_submodules(std::string_view output) {
  std::map<std::string, Submodule> by_name;
  for (const std::string& entry : split(output, '\0')) {
    size_t line = entry.find('\n');  // "submodule.NAME.path\nVALUE"
    if (line == std::string::npos || !entry.starts_with("submodule.")) continue;
    std::string key = entry.substr(10, line - 10), value = entry.substr(line + 1);
    if (key.ends_with(".path")) by_name[key.substr(0, key.size() - 5)].path = value;
    if (key.ends_with(".url")) by_name[key.substr(0, key.size() - 4)].url = value;
  }
  std::vector<Submodule> all;
  for (auto& [name, submodule] : by_name)
    if (!submodule.path.empty() && !submodule.url.empty()) all.push_back(std::move(submodule));
  return all;
}

std::string absolute_url(const std::string& url, const std::string& parent) {
  if (!url.starts_with("./") && !url.starts_with("../")) return url;
  std::string base = parent, rest = url;
  while (base.ends_with('/')) base.pop_back();
  for (;;) {
    if (rest.starts_with("../")) {
      size_t slash = base.rfind('/');
      if (slash == std::string::npos || slash <= base.find("://") + 2) break;  // above the host
      base.resize(slash);
      rest.erase(0, 3);
    } else if (rest.starts_with("./")) {
      rest.erase(0, 2);
    } else {
      break;
    }
  }
  return base + "/" + rest;
}

}  // namespace mlpgen::tool
