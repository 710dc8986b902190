// mlpgen-tool fetch-list: the files that a list names into DIR/FOLDER, with DIR/manifest.json.
#include "base/digest.h"
#include "base/file.h"
#include "store/named_error.h"
#include "tool/inside.h"
#include "tool/list_fetch.h"
#include "tool/options.h"
#include "tool/source_options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {
namespace {

struct ListOptions {
  ListRequest request;
  SourceOptions sources;
  std::string folder = "files";
  std::string out;
};

void add_list_options(CLI::App& app, ListOptions& options) {
  ListRequest& request = options.request;
  app.add_option("--list", request.list_path, "text file with one relative name a line")
      ->required();
  app.add_option("--url", request.urls,
                 "where the files are: a name's URL is this and the name, without what stands "
                 "behind a '#'; several are tried in order")
      ->required();
  app.add_option("--out", options.out, "folder for the files' folder and manifest.json")
      ->required();
  app.add_option("--folder", options.folder, "folder of the files below --out; default: files");
  app.add_option("--sha256", request.sha256,
                 "digest that manifest.json must have, 64 hexadecimal digits");
  app.add_option(
      "--trusted", request.trusted,
      "without --sha256: folder for a record of the digest that the first fetch brought");
  app.add_option("--connections", request.limits.connections, "calls at once; default: 16")
      ->check(CLI::Range(1, 256));
  app.add_option("--tries", request.limits.tries,
                 "calls before a file's URL is given up; default: 4")
      ->check(CLI::Range(1, 100));
  app.add_option("--stall-timeout", request.limits.stall_seconds,
                 "seconds without a byte before a call is stopped; default: 60");
  options.sources.add_to(app);
}

// What CLI11 cannot check.
Status complete_list(ListOptions& options) {
  ListRequest& request = options.request;
  Result<SourceSettings> settings = options.sources.read();
  if (!settings) return settings.error();
  request.settings = *settings;
  if (!is_inside_name(options.folder))
    return named_error("usage", "'" + options.folder + "' is no folder below --out",
                       "use a relative path without '..'");
  bool trusts_first = request.sha256.empty() && !request.trusted.empty();
  if (!trusts_first && !is_sha256(request.sha256))
    return named_error("usage", "'" + request.sha256 + "' is no SHA-256",
                       "give the manifest's 64 hexadecimal digits by --sha256, or a folder for a "
                       "record of the first fetch by --trusted");
  Result<NameList> names = read_names(request.list_path);
  if (!names) return names.error();
  request.names = *names;
  return Done{};
}

}  // namespace

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
  add_list_options(app, options);
  if (auto code = read_options(app, argc, argv)) return *code;
  if (Status s = complete_list(options); !s) return report(s.error());
  Result<Store> store = Store::open_default();
  if (!store) return report(store.error());
  Result<FetchedList> list = fetch_list(*store, options.request);
  if (!list) return report(list.error());
  Status s = place_list(*store, *list, options.out, options.folder);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
