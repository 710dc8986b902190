// mlpgen-tool fetch-list: the files that a list names into DIR/FOLDER, with DIR/manifest.json.
#include "tool/list_options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {

int run_fetch_list(int argc, char** argv) {
  ListOptions options;
  CLI::App app(std::string(kFetchListAbout) +
                   ".\nDIR/manifest.json has {count, bytes, files: [{name, size, sha256}]}; its "
                   "own digest is the digest of the list.\n"
                   "The files are kept in the store ($MLPGEN_STORE or ~/.cache/mlpgen); what is "
                   "there is not fetched again. A\n"
                   "measurement that waits for the machine is let through between blocks.\n"
                   "Example: mlpgen-tool fetch-list --list files.txt --url "
                   "https://example.org/images/ --trusted .mlpgen/trusted --out images",
               "mlpgen-tool fetch-list");
  app.add_option("--list", options.request.list_path, "text file with one relative name a line")
      ->required();
  app.add_option("--url", options.request.urls,
                 "where the files are: a name's URL is this and the name, without what stands "
                 "behind a '#'; several are tried in order")
      ->required();
  add_list_options(app, options);
  if (auto code = read_options(app, argc, argv)) return *code;
  if (Status s = complete_list_options(options); !s) return report(s.error());
  Result<NameList> names = read_names(options.request.list_path);
  if (!names) return report(names.error());
  options.request.names = *names;
  Result<Store> store = Store::open_default();
  if (!store) return report(store.error());
  Result<FetchedList> list = fetch_list(*store, options.request);
  if (!list) return report(list.error());
  Status s = place_list(*store, *list, options.out, options.folder);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
