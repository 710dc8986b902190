// tar by libarchive, gzip by libdeflate.
#include "tool/tarball.h"

#include <archive.h>
#include <archive_entry.h>
#include <libdeflate.h>

#include <algorithm>
#include <memory>

#include "file/file.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

struct CloseArchive {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeEntry {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};
struct FreeCompressor {
  void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};

la_ssize_t append(archive*, void* into, const void* bytes, size_t length) {
  static_cast<std::string*>(into)->append(static_cast<const char*>(bytes), length);
  return static_cast<la_ssize_t>(length);
}

Status add(archive* tar, const std::string& root, const TreeEntry& item) {
  if (item.kind == TreeEntry::Kind::kOther)
    return Error{
        root + "/" + item.path + " is a link or a device; a submission holds plain files only",
        "replace it by a copy"};
  bool folder = item.kind == TreeEntry::Kind::kFolder;
  std::string bytes;
  if (!folder) {
    Result<std::string> text = read_file(root + "/" + item.path);
    if (!text) return text.error();
    bytes = std::move(*text);
  }
  std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), (folder ? item.path + "/" : item.path).c_str());
  archive_entry_set_filetype(entry.get(), folder ? AE_IFDIR : AE_IFREG);
  archive_entry_set_perm(entry.get(), folder || item.executable ? 0755 : 0644);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
  archive_entry_set_mtime(entry.get(), 0, 0);
  archive_entry_set_uid(entry.get(), 0);
  archive_entry_set_gid(entry.get(), 0);
  bool written =
      archive_write_header(tar, entry.get()) == ARCHIVE_OK &&
      archive_write_data(tar, bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
  if (written) return Done{};
  const char* why = archive_error_string(tar);
  return Error{
      item.path + " cannot be packed: " + (why ? why : "the file changed while it was read"), ""};
}

Result<std::vector<TreeEntry>> chosen(const std::string& root,
                                      const std::vector<std::string>& tops) {
  Result<std::vector<TreeEntry>> all = list_tree(root);
  if (!all) return all;
  std::vector<TreeEntry> out;
  for (const std::string& top : tops) {
    size_t before = out.size();
    for (const TreeEntry& e : *all)
      if (e.path == top || e.path.starts_with(top + "/")) out.push_back(e);
    if (out.size() == before)
      return Error{root + " holds no '" + top + "'", "check --tree and --top"};
  }
  std::sort(out.begin(), out.end(),
            [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
  return out;
}

Result<std::string> make_tar(const std::string& root, const std::vector<TreeEntry>& entries) {
  std::string bytes;
  std::unique_ptr<archive, CloseArchive> tar(archive_write_new());
  archive_write_set_format_pax_restricted(tar.get());
  archive_write_set_bytes_per_block(tar.get(), 1 << 20);
  archive_write_set_bytes_in_last_block(tar.get(), 512);
  if (archive_write_open(tar.get(), &bytes, nullptr, append, nullptr) != ARCHIVE_OK)
    return Error{"the tarball cannot be begun: not enough memory", "free some memory"};
  for (const TreeEntry& e : entries)
    if (Status s = add(tar.get(), root, e); !s) return s.error();
  if (archive_write_close(tar.get()) != ARCHIVE_OK)
    return Error{std::string("the tarball cannot be ended: ") + archive_error_string(tar.get()),
                 ""};
  return bytes;
}

}  // namespace

Result<std::string> pack_tarball(const std::string& root, const std::vector<std::string>& tops) {
  Result<std::vector<TreeEntry>> entries = chosen(root, tops);
  if (!entries) return entries.error();
  Result<std::string> tar = make_tar(root, *entries);
  if (!tar) return tar;
  std::unique_ptr<libdeflate_compressor, FreeCompressor> gzip(libdeflate_alloc_compressor(6));
  if (!gzip)
    return Error{"the tarball cannot be compressed: not enough memory", "free some memory"};
  std::string out(libdeflate_gzip_compress_bound(gzip.get(), tar->size()), '\0');
  size_t size =
      libdeflate_gzip_compress(gzip.get(), tar->data(), tar->size(), out.data(), out.size());
  if (size == 0) return Error{"the tarball cannot be compressed", ""};
  out.resize(size);
  return out;
}

}  // namespace mlpgen::submission
