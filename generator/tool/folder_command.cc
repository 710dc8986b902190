// mlpgen-tool fetch-folder: the files of a folder in a bucket or hub into DIR/FOLDER, with DIR/manifest.json.
#include <algorithm>

#include "base/text.h"
#include "store/named_error.h"
#include "tool/folder_source.h"
#include "tool/list_options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {
namespace {

struct FolderOptions : ListOptions {
  FolderSource source;
  std::vector<std::string> take;  // patterns of names
};

void add_folder_options(CLI::App& app, FolderOptions& options) {
  app.add_option("--from", options.source.kind, "s3, r2 or huggingface")->required();
  app.add_option("--url", options.request.known_as,
                 "s3: https://BUCKET.HOST/FOLDER/; r2: https://HOST/metadata/NAME.uri; huggingface: "
                 "https://huggingface.co/[datasets/]REPO/tree/COMMIT; what stands behind a '#' is no part of it")
      ->required();
  app.add_option("--take", options.take, "only names like this (* and ?); several may be given");
  add_list_options(app, options);
}

bool is_taken(const std::string& name, const std::vector<std::string>& patterns) {
  if (name.starts_with('.') || name.find("/.") != name.npos) return false;  // .gitattributes and the like
  return patterns.empty() || std::any_of(patterns.begin(), patterns.end(), [&](const std::string& p) {
           return matches_glob(p, name);
         });
}

// The names that are taken, and what is published of them.
Status take_names(const FolderFiles& folder, FolderOptions& options) {
  ListRequest& request = options.request;
  std::string names;
  for (const PublishedFile& file : folder.files) {
    if (!is_taken(file.name, options.take)) continue;
    names += file.name + "\n";
    request.published[file.name] = file;
  }
  request.urls = {folder.base};
  request.list_path = options.source.url;
  if (names.empty())
    return named_error("not-found",
                       options.source.url + (folder.files.empty() ? " has no files" : " has files, but none is like: " + join(options.take, " ")),
                       "correct the recipe's parameters 'urls' and 'take'");
  Result<NameList> list = names_of(names, options.source.url);
  if (!list) return list.error();
  request.names = *list;
  return Done{};
}

Status fetch_folder(const Store& store, FolderOptions& options) {
  Result<FolderFiles> folder = list_folder(store, options.source, options.request.settings);
  if (!folder) return folder.error();
  if (Status s = take_names(*folder, options); !s) return s;
  Result<FetchedList> list = fetch_list(store, options.request);
  if (!list) return list.error();
  return place_list(store, *list, options.out, options.folder);
}

}  // namespace

int run_fetch_folder(int argc, char** argv) {
  FolderOptions options;
  CLI::App app(std::string(kFetchFolderAbout) +
                   ".\nSizes and digests that the list tells (SHA-256, MD5, Git's) are checked. DIR/manifest.json is as "
                   "fetch-list writes it.\n"
                   "HF_TOKEN (with HF_ENDPOINT) and MLPGEN_HEADER='PREFIX=Name: value' let you read what asks for a "
                   "login.\n"
                   "Example: mlpgen-tool fetch-folder --from s3 --url https://open-images-dataset.s3.amazonaws.com/tar/ "
                   "--trusted .mlpgen/trusted --out tar",
               "mlpgen-tool fetch-folder");
  add_folder_options(app, options);
  if (auto code = read_options(app, argc, argv)) return *code;
  if (Status s = complete_list_options(options); !s) return report(s.error());
  const std::string& url = options.request.known_as;
  options.source.url = url.substr(0, url.find('#'));
  Result<Store> store = Store::open_default();
  if (!store) return report(store.error());
  Status s = fetch_folder(*store, options);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
