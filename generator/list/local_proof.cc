// Digests of local files against what is known.
#include "list/local_proof.h"

#include <algorithm>
#include <fstream>

#include "fetch/published_digest.h"
#include "file/digest.h"
#include "list/list_names.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

constexpr size_t kNamesShown = 3;

struct Digests {
  std::string sha256, md5;
};

Result<Digests> read_digests(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  Sha256 sha;
  PublishedDigest md5(PublishedDigest::Kind::kMd5);
  std::vector<char> block(1 << 20);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    std::string_view bytes(block.data(), static_cast<size_t>(in.gcount()));
    sha.update(bytes);
    md5.update(bytes);
  }
  if (!in.eof())
    return named_error("not-placed", file.string() + " cannot be read", "look at it with `ls -l`");
  return Digests{sha.hex(), md5.hex()};
}

Error other_bytes(const fs::path& file, const std::string& is, const std::string& expected,
                  const std::string& how) {
  return named_error(
      "digest-differs",
      file.string() + " is another file: " + is + ", and " + expected + " is expected", how);
}

Error missing_files(const fs::path& folder, const std::vector<std::string>& missing, size_t of,
                    const std::string& how) {
  std::vector<std::string> shown(
      missing.begin(), missing.begin() + static_cast<long>(std::min(missing.size(), kNamesShown)));
  return named_error("not-found",
                     folder.string() + " lacks " + std::to_string(missing.size()) + " of " +
                         std::to_string(of) + " files: " + join(shown, ", ") +
                         (missing.size() > kNamesShown ? ", ..." : ""),
                     how);
}

// Names of all files below the folder, sorted; .gitattributes and the like are not of a data set.
Result<std::vector<std::string>> names_below_folder(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code why;
  for (fs::recursive_directory_iterator it(folder, why), end; it != end && !why;
       it.increment(why)) {
    bool hidden = it->path().filename().string().starts_with('.');
    if (hidden && it->is_directory(why)) it.disable_recursion_pending();
    if (!hidden && it->is_regular_file(why))
      names.push_back(it->path().lexically_relative(folder).string());
  }
  if (why)
    return named_error("not-placed", folder.string() + " cannot be read: " + why.message(),
                       "look at it with `ls -l`");
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<std::string>> names_that_count(const fs::path& folder, const LocalProof& proof) {
  if (proof.list.empty()) return names_below_folder(folder);
  Result<NameList> names = read_names(proof.list);
  if (!names) return names.error();
  return names->names;
}

}  // namespace

Result<std::string> prove_file(const fs::path& file, const LocalProof& proof,
                               const std::string& how) {
  std::error_code why;
  uint64_t size = fs::file_size(file, why);
  if (!why && proof.size && size != *proof.size)
    return other_bytes(file, "it has " + std::to_string(size) + " bytes",
                       std::to_string(*proof.size), how);
  if (proof.sha256.empty() && proof.md5.empty()) return std::string();
  Result<Digests> read = read_digests(file);
  if (!read) return read.error();
  if (!proof.sha256.empty() && read->sha256 != lower(proof.sha256))
    return other_bytes(file, "its SHA-256 is " + read->sha256, lower(proof.sha256), how);
  if (!proof.md5.empty() && read->md5 != lower(proof.md5))
    return other_bytes(file, "its MD5 is " + read->md5, lower(proof.md5), how);
  return read->sha256;
}

Result<std::vector<ListedFile>> prove_list(const fs::path& root, const LocalProof& proof,
                                           const std::string& how) {
  fs::path folder = (root / proof.folder).lexically_normal();
  Result<std::vector<std::string>> names = names_that_count(folder, proof);
  if (!names) return names.error();
  std::vector<ListedFile> files;
  std::vector<std::string> missing;
  for (const std::string& name : *names) {
    std::error_code why;
    uint64_t size = fs::is_regular_file(folder / name, why) ? fs::file_size(folder / name, why) : 0;
    if (why || !fs::is_regular_file(folder / name, why))
      missing.push_back(name);
    else
      files.push_back({name, size, ""});
  }
  if (!missing.empty()) return missing_files(folder, missing, names->size(), how);
  if (proof.sha256.empty()) return files;
  for (ListedFile& file : files) {
    Result<std::string> digest = sha256_file((folder / file.name).string());
    if (!digest) return digest.error();
    file.sha256 = *digest;
  }
  if (std::string digest = sha256(manifest_text(files)); digest != lower(proof.sha256))
    return named_error("digest-differs",
                       "the " + std::to_string(files.size()) + " files below " + folder.string() +
                           " are others: the SHA-256 of their list is " + digest + ", and " +
                           lower(proof.sha256) + " is expected",
                       how);
  return files;
}

}  // namespace mlpgen::tool
