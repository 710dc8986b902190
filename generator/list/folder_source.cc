// The list of each kind of place.
#include "list/folder_source.h"

#include "fetch/download.h"
#include "file/digest.h"
#include "file/file.h"
#include "list/list_names.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr uint64_t kMostListing = 256 << 20;  // bytes

class FolderLister {
 public:
  FolderLister(const Store& store, const FolderSource& source, const SourceSettings& settings)
      : store_(store), source_(source), settings_(settings) {}
  Result<FolderFiles> bucket();
  Result<FolderFiles> manifest();
  Result<FolderFiles> hub();

 private:
  Result<std::string> text_of(const std::string& url, const std::string& name);
  Error bad_url(const std::string& form) const {
    return named_error("bad-url", "'" + source_.url + "' is no folder of the kind " + source_.kind,
                       "write " + form);
  }

  const Store& store_;
  const FolderSource& source_;
  const SourceSettings& settings_;
};

Result<std::string> FolderLister::text_of(const std::string& url, const std::string& name) {
  FetchRequest request;
  request.urls = {url};
  request.file_name = name;
  request.settings = settings_;
  request.max_bytes = kMostListing;
  Result<Object> object = fetch_file(store_, request);
  if (!object) return object.error();
  return read_file(object->path);
}

// "https://HOST" and the rest without the slash between them; an empty host where there is none.
std::pair<std::string, std::string> host_and_rest(const std::string& url) {
  size_t start = url.find("://");
  if (start == url.npos || start == 0) return {};
  size_t slash = url.find('/', start + 3);
  if (slash == url.npos) return {url, ""};
  return {url.substr(0, slash), url.substr(slash + 1)};
}

Result<FolderFiles> FolderLister::bucket() {
  auto [host, prefix] = host_and_rest(source_.url);
  if (host.empty() || (!prefix.empty() && !prefix.ends_with('/')))
    return bad_url("https://BUCKET.HOST/FOLDER/");
  FolderFiles folder{source_.url.ends_with('/') ? source_.url : source_.url + "/", {}};
  std::string next;
  do {
    std::string url = host + "/?list-type=2&prefix=" + url_part(prefix);
    if (!next.empty()) url += "&continuation-token=" + url_part(next);
    Result<std::string> text = text_of(url, "bucket.xml");
    if (!text) return text.error();
    Result<BucketPage> page = read_bucket_page(*text, prefix);
    if (!page) return page.error();
    folder.files.insert(folder.files.end(), page->files.begin(), page->files.end());
    next = page->next;
  } while (!next.empty());
  return folder;
}

Result<FolderFiles> FolderLister::manifest() {
  if (!source_.url.ends_with(".uri") && !source_.url.ends_with(".url"))
    return bad_url("https://HOST/metadata/NAME.uri");
  std::string stem = source_.url.substr(0, source_.url.size() - 4);
  std::string name = stem.substr(stem.rfind('/') + 1);
  Result<std::string> base = text_of(source_.url, name + ".uri");
  if (!base) return base.error();
  std::string folder(trim(*base));
  if (!folder.starts_with("http") || folder.find_first_of(" \n\t<") != folder.npos)
    return named_error(
        "bad-listing", source_.url + " has no URL of a folder but: " + folder.substr(0, 80),
        "it may ask for a login: MLPGEN_HEADER='PREFIX=Name: value' sends the token of the login");
  Result<std::string> sums = text_of(stem + ".md5", name + ".md5");
  if (!sums) return sums.error();
  Result<std::vector<PublishedFile>> files = read_md5_list(*sums, stem + ".md5");
  if (!files) return files.error();
  return FolderFiles{folder.ends_with('/') ? folder : folder + "/", *files};
}

bool is_commit(const std::string& text) { return is_hex(text, 40) && lower(text) == text; }

Result<FolderFiles> FolderLister::hub() {
  auto [host, rest] = host_and_rest(source_.url);
  size_t tree = rest.find("/tree/");
  std::string commit = tree == rest.npos ? "" : rest.substr(tree + 6, 40);
  std::string below = tree == rest.npos ? "" : rest.substr(std::min(rest.size(), tree + 46));
  if (host.empty() || !is_commit(commit) || (!below.empty() && !below.starts_with('/')))
    return bad_url(
        "https://huggingface.co/REPO/tree/COMMIT or .../datasets/REPO/tree/COMMIT, with the 40 "
        "digits of a commit: a branch may bring other files tomorrow");
  std::string repo = rest.substr(0, tree);
  std::string api = (repo.starts_with("datasets/") ? "" : "models/") + repo;
  std::string url = host + "/api/" + api + "/revision/" + commit + "?blobs=true";
  Result<std::string> text = text_of(url, "repository.json");
  if (!text) return text.error();
  Result<std::vector<PublishedFile>> files = read_hub_listing(*text, url);
  if (!files) return files.error();
  std::string folder = below.empty() ? "" : below.substr(1) + (below.ends_with('/') ? "" : "/");
  FolderFiles found{host + "/" + repo + "/resolve/" + commit + "/" + url_part(folder), {}};
  for (PublishedFile& file : *files) {
    if (!file.name.starts_with(folder)) continue;
    file.name.erase(0, folder.size());
    found.files.push_back(std::move(file));
  }
  return found;
}

}  // namespace

Result<FolderFiles> list_folder(const Store& store, const FolderSource& source,
                                const SourceSettings& settings) {
  FolderLister lister(store, source, settings);
  if (source.kind == "s3") return lister.bucket();
  if (source.kind == "r2") return lister.manifest();
  if (source.kind == "huggingface") return lister.hub();
  return named_error("usage", "there is no kind of folder '" + source.kind + "'",
                     "kinds: s3, r2, huggingface");
}

}  // namespace mlpgen::tool
