// A list of files below a URL, through the store, as one folder and one manifest.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fetch/source_settings.h"
#include "list/folder_listing.h"
#include "list/list_download.h"
#include "list/list_manifest.h"
#include "list/list_names.h"
#include "store/store.h"

namespace mlpgen::tool {

struct ListRequest {
  // Prefixes: a name's URL is the prefix and the name. Tried in this order. What stands behind a
  // '#' is no part of it: it tells the lock which of several lists of one place this is.
  std::vector<std::string> urls;
  std::string list_path;  // file with the names, for messages
  std::string known_as;   // URL by which the lock knows the list; "": the first of `urls`
  NameList names;
  std::map<std::string, PublishedFile> published;  // by name: what is known besides
  std::string sha256;   // digest of the manifest; "": what came first is trusted
  std::string trusted;  // a run directory's folder of records of first use; "" for none
  SourceSettings settings;
  ListLimits limits;
};

struct FetchedList {
  std::vector<ListedFile> files;  // in the order of the names
  std::vector<Object> objects;    // likewise, in the store
  std::string manifest;           // the text of `files`
};

// Every file is known by its digest: from the manifest that `sha256` or the record of an earlier
// fetch names, else from the store's record of its URL (store/trusted.h), else what comes is
// trusted and noted. What the store has is not fetched, so a run that was killed loses the files
// that were on their way. Two processes that fetch from one place do it in turn. Errors:
// not-fetched (with what each of the first URLs said), digest-differs, offline, bad-url, disk-full,
// store-not-writable.
Result<FetchedList> fetch_list(const Store& store, const ListRequest& request);

// OUT/FOLDER/NAME for each file, and OUT/manifest.json.
Status place_list(const Store& store, const FetchedList& list, const std::string& out,
                  const std::string& folder);

}  // namespace mlpgen::tool
