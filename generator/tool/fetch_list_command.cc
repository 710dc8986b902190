// mlpgen-tool fetch-list: the files that a list names into OUT/data, with OUT/manifest.json.
#include "fetch/transfer_options.h"
#include "list/list_request.h"

namespace mlpgen::tool {
namespace {

Result<int> fetch_named(const Arguments& a) {
  Result<ListRequest> request = list_request(a);
  if (!request) return request.error();
  request->urls = a.list("urls");
  request->list_path = a.text("list");
  Result<NameList> names = read_names(request->list_path);
  if (!names) return names.error();
  request->names = *names;
  Result<Store> store = Store::open_default();
  if (!store) return store.error();
  return fetch_and_place(*store, *request, a);
}

const Registered kFetchList(
    {"fetch-list", fetch_named,
     "manifest.json has {count, bytes, files: [{name, size, sha256}]}; its own digest is the "
     "digest "
     "of the list.\n"
     "The files are kept in the store ($MLPGEN_STORE or ~/.cache/mlpgen); what is there is not "
     "fetched again.\n"
     "Example: mlpgen-tool fetch-list --list files.txt --urls https://example.org/images/ "
     "--trusted .mlpgen/trusted --out images",
     transfer_parameters()});

}  // namespace
}  // namespace mlpgen::tool
