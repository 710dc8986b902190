// mlpgen-tool fetch-folder: the files of a folder in a bucket or hub into OUT/data, with
// OUT/manifest.json.
#include <algorithm>

#include "fetch/transfer_options.h"
#include "list/folder_source.h"
#include "list/list_request.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

bool is_taken(const std::string& name, const std::vector<std::string>& patterns) {
  if (name.starts_with('.') || name.find("/.") != name.npos)
    return false;  // .gitattributes and the like
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& p) { return matches_glob(p, name); });
}

// The names that are taken, and what is published of them.
Status take_names(const FolderFiles& folder, const std::string& url,
                  const std::vector<std::string>& take, ListRequest& request) {
  std::string names;
  for (const PublishedFile& file : folder.files) {
    if (!is_taken(file.name, take)) continue;
    names += file.name + "\n";
    request.published[file.name] = file;
  }
  request.urls = {folder.base};
  request.list_path = url;
  if (names.empty())
    return named_error(
        "not-found",
        url + (folder.files.empty() ? " has no files"
                                    : " has files, but none is like: " + join(take, " ")),
        "correct the recipe's parameters 'urls' and 'take'");
  Result<NameList> list = names_of(names, url);
  if (!list) return list.error();
  request.names = *list;
  return Done{};
}

Result<int> fetch_folder(const Arguments& a) {
  Result<ListRequest> request = list_request(a);
  if (!request) return request.error();
  if (a.list("urls").size() != 1)
    return named_error("usage", "a folder has one URL", "give --urls once");
  request->known_as = a.list("urls").front();
  FolderSource source;
  source.kind = a.text("from");
  source.url = request->known_as.substr(0, request->known_as.find('#'));
  Result<Store> store = Store::open_default();
  if (!store) return store.error();
  Result<FolderFiles> folder = list_folder(*store, source, request->settings);
  if (!folder) return folder.error();
  if (Status s = take_names(*folder, source.url, a.list("take"), *request); !s) return s.error();
  return fetch_and_place(*store, *request, a);
}

const Registered kFetchFolder(
    {"fetch-folder", fetch_folder,
     "Sizes and digests in the list (SHA-256, MD5, Git's) are checked. manifest.json is as "
     "fetch-list writes it.\n"
     "HF_TOKEN (with HF_ENDPOINT) and MLPGEN_HEADER='PREFIX=Name: value' let you read what asks "
     "for "
     "a login.\n"
     "Example: mlpgen-tool fetch-folder --from s3 --urls "
     "https://open-images-dataset.s3.amazonaws.com/tar/ --trusted .mlpgen/trusted --out tar",
     transfer_parameters()});

}  // namespace
}  // namespace mlpgen::tool
