// Manifests and records of first use.
#include "list/list_known.h"

#include <unistd.h>

#include "file/digest.h"
#include "file/file.h"
#include "store/object.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr const char* kManifestName = "manifest.json";

std::string record_folder(const Store& store) { return store.root() + "/trusted"; }

std::string without_fragment(const std::string& url) { return url.substr(0, url.find('#')); }

// Under the list's own names, since another list may bear the name that the lock knows.
std::string list_url(const ListRequest& request) {
  return without_fragment(request.urls[0]) + "#" + request.names.sha256;
}

std::optional<TrustedFile> list_record(const Store& store, const ListRequest& request) {
  std::optional<TrustedFile> record;
  if (!request.trusted.empty()) record = read_trusted(request.trusted, list_url(request), "");
  return record ? record : read_trusted(record_folder(store), list_url(request), "");
}

bool same_names(const std::vector<ListedFile>& files, const std::vector<std::string>& names) {
  if (files.size() != names.size()) return false;
  for (size_t i = 0; i < files.size(); ++i)
    if (files[i].name != names[i]) return false;
  return true;
}

}  // namespace

Error manifest_differs(const Store& store, const ListRequest& request, const KnownList& known,
                       const std::string& why) {
  std::string help =
      "if the files are right, correct the digest in the recipe or the lock; else take them "
      "from elsewhere by MLPGEN_MIRROR='PREFIX=URL' or --mirror; " +
      record_folder(store) + " has a record for each file that came before";
  if (known.record) {
    help = "no digest is published; the expected one is that of the first fetch, " +
           known.record->when + ". If the new files are right: `rm " +
           trusted_path(record_folder(store), list_url(request), "");
    if (!request.trusted.empty())
      help += " " + trusted_path(request.trusted, list_url(request), "");
    help += "`";
  }
  return named_error("digest-differs",
                     "the files of " + request.list_path +
                         " are not those of the manifest with "
                         "the SHA-256 " +
                         known.sha256 + ": " + why,
                     help);
}

Result<KnownList> known_list(const Store& store, const ListRequest& request) {
  KnownList known{lower(request.sha256), std::nullopt, {}};
  if (known.sha256.empty()) known.record = list_record(store, request);
  if (known.record) known.sha256 = known.record->sha256;
  if (known.sha256.empty()) return known;
  Result<std::optional<Object>> object = store.find(known.sha256);
  if (!object) return object.error();
  if (!*object) return known;
  Result<std::string> text = read_file((*object)->path);
  if (!text) return text.error();
  Result<std::vector<ListedFile>> files = read_manifest(*text, (*object)->path);
  if (!files) return manifest_differs(store, request, known, "it is no manifest");
  if (!same_names(*files, request.names.names))
    return manifest_differs(store, request, known, "that one has other names");
  for (const ListedFile& file : *files) known.digest[file.name] = file.sha256;
  return known;
}

Status note_list(const Store& store, const ListRequest& request, const KnownList& known,
                 const std::string& manifest) {
  std::string digest = sha256(manifest);
  if (known.digest.empty()) {
    std::string path = store.partial(digest) + "." + std::to_string(getpid());
    if (Status s = write_file(path, manifest); !s) return s;
    Result<Object> object =
        store.put_hashed(path, {digest, kManifestName, without_fragment(request.urls[0])});
    unlink(path.c_str());
    if (!object) return object.error();
  }
  if (!request.sha256.empty()) return Done{};
  std::string when = known.record ? known.record->when : now_utc();
  TrustedFile record{list_url(request), "", kManifestName, digest, manifest.size(), when};
  for (const std::string& folder : {record_folder(store), request.trusted})
    if (!folder.empty() && !read_trusted(folder, record.url, ""))
      if (Status s = write_trusted(folder, record); !s) return s;
  record.url = request.known_as.empty()
                   ? request.urls[0]
                   : request.known_as;  // as the lock knows it: `mlpgen lock` takes it over
  return request.trusted.empty() ? Status(Done{}) : write_trusted(request.trusted, record);
}

std::optional<TrustedFile> file_record(const Store& store, const std::string& url) {
  return read_trusted(record_folder(store), url, "");
}

Status note_file(const Store& store, const std::string& url, const Object& object) {
  if (file_record(store, url)) return Done{};
  TrustedFile record{url, "", object.name, object.sha256, object.size, now_utc()};
  return write_trusted(record_folder(store), record);
}

}  // namespace mlpgen::tool
