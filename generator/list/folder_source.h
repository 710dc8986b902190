// A folder of a bucket or hub: where its list is, and where its files are.
#pragma once

#include <string>
#include <vector>

#include "fetch/source_settings.h"
#include "list/folder_listing.h"
#include "store/store.h"

namespace mlpgen::tool {

// What keeps the files: "s3", "r2" (MLCommons' folders in Cloudflare R2) or "huggingface".
struct FolderSource {
  std::string kind;
  // s3: https://BUCKET.HOST/PREFIX/; r2: https://HOST/.../NAME.uri;
  // huggingface: https://huggingface.co/[datasets/]REPO/tree/COMMIT[/FOLDER], 40 digits of a commit
  std::string url;
};

struct FolderFiles {
  std::string base;  // a file's URL is this and its name
  std::vector<PublishedFile> files;
};

// Asks for the list, which the store keeps: it is asked for once. Errors: bad-url, bad-listing, and
// those of fetch_file.
Result<FolderFiles> list_folder(const Store& store, const FolderSource& source,
                                const SourceSettings& settings);

}  // namespace mlpgen::tool
