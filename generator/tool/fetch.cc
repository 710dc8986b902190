// mlpgen-tool fetch: one file by URL and digest into a folder.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "store/object.h"
#include "tool/download.h"
#include "tool/options.h"
#include "tool/source_options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {
namespace {

struct FetchOptions {
  FetchRequest request;
  SourceOptions sources;
  std::string out;
};

void add_options(CLI::App& app, FetchOptions& options) {
  FetchRequest& request = options.request;
  app.add_option("--url", request.urls, "where it is; several are tried in order")->required();
  CLI::Option* digest =
      app.add_option("--sha256", request.sha256, "digest that it must have, 64 hexadecimal digits");
  app.add_option("--md5", request.md5, "MD5 that it must have too, 32 hexadecimal digits");
  app.add_option("--size", request.size, "bytes that it must have")->check(whole_number());
  app.add_option("--file-name", request.file_name, "name of the file")->required();
  CLI::Option* out = app.add_option("--out", options.out, "folder to place it in");
  app.add_option(
      "--trusted", request.trusted,
      "without --sha256: folder for a record of the digest that the first fetch brought");
  options.sources.add_to(app);
  CLI::Option* probe =
      app.add_flag("--probe", request.probe,
                   "learn the digest: print JSON {file_name, sha256, size}, place nothing");
  app.add_option("--tries", request.tries,
                 "calls in a row without a byte before a URL is given up; default: 4")->check(whole_number());
  app.add_option("--stall-timeout", request.stall_seconds,
                 "seconds without a byte (without a digest: under 1 kB/s) before a call is stopped; default: 60")
      ->check(CLI::Range(1, 86400));
  app.add_option("--max-bytes", request.max_bytes, "without a digest and --size: bytes that it may have; default: 64 GiB")->check(whole_number());
  probe->excludes(digest)->excludes(out);
}

// What CLI11 cannot check.
Status complete(FetchOptions& options) {
  FetchRequest& request = options.request;
  Result<SourceSettings> settings = options.sources.read();
  if (!settings) return settings.error();
  request.settings = *settings;
  if (!is_file_name(request.file_name))
    return named_error("bad-file-name", "'" + request.file_name + "' is no file name",
                       "leave folders out");
  if (request.probe) return Done{};
  if (options.out.empty()) return named_error("usage", "no folder is given", "give --out DIR");
  if (!request.md5.empty() && !is_hex(request.md5, 32))
    return named_error("usage", "'" + request.md5 + "' is no MD5",
                       "give 32 hexadecimal digits by --md5");
  bool trusts_first = request.sha256.empty() && !request.trusted.empty();
  if (trusts_first || is_sha256(request.sha256)) return Done{};
  return named_error(
      "usage", "'" + request.sha256 + "' is no SHA-256",
      "give 64 hexadecimal digits by --sha256, or --trusted DIR to trust what comes first");
}

}  // namespace

int run_fetch(int argc, char** argv) {
  FetchOptions options;
  CLI::App app(std::string(kFetchAbout) +
                   ".\nThe file is kept in the store ($MLPGEN_STORE or ~/.cache/mlpgen). A "
                   "transfer that stopped goes on where it\n"
                   "stopped, also in a later run. A measurement that waits for the machine is let "
                   "through between blocks.\n"
                   "Example: mlpgen-tool fetch --url https://example.org/model.onnx --sha256 "
                   "1234... --size 35 --file-name model.onnx --out model",
               "mlpgen-tool fetch");
  add_options(app, options);
  if (auto code = read_options(app, argc, argv)) return *code;
  if (Status s = complete(options); !s) return report(s.error());
  Result<Store> store = Store::open_default();
  if (!store) return report(store.error());
  Result<Object> object = fetch_file(*store, options.request);
  if (!object) return report(object.error());
  if (options.request.probe) {
    nlohmann::ordered_json answer{{"file_name", options.request.file_name},
                                  {"sha256", object->sha256},
                                  {"size", object->size}};
    std::cout << answer.dump() << "\n";
    return 0;
  }
  if (Status s = make_directories(options.out); !s) return report(s.error());
  Status s = store->get(*object, options.out + "/" + options.request.file_name);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
