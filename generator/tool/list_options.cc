// Options into the request for a list of files.
#include "tool/list_options.h"

#include "base/digest.h"
#include "store/named_error.h"
#include "tool/inside.h"

namespace mlpgen::tool {

void add_list_options(CLI::App& app, ListOptions& options) {
  ListRequest& request = options.request;
  app.add_option("--out", options.out, "folder for the files' folder and manifest.json")->required();
  app.add_option("--folder", options.folder, "folder of the files below --out; default: files");
  app.add_option("--sha256", request.sha256, "digest that manifest.json must have, 64 hexadecimal digits");
  app.add_option("--trusted", request.trusted,
                 "without --sha256: folder for a record of the digest that the first fetch brought");
  app.add_option("--connections", request.limits.connections, "calls at once; default: 16")
      ->check(CLI::Range(1, 256));
  app.add_option("--tries", request.limits.tries, "calls before a file's URL is given up; default: 4")
      ->check(CLI::Range(1, 100));
  app.add_option("--stall-timeout", request.limits.stall_seconds,
                 "seconds without a byte (without a digest: under 1 kB/s) before a call is stopped; default: 60")
      ->check(CLI::Range(1, 86400));
  app.add_option("--max-bytes", request.limits.max_bytes, "bytes that a file of unknown digest and size may have; default: 64 GiB")->check(whole_number());
  options.sources.add_to(app);
}

Status complete_list_options(ListOptions& options) {
  ListRequest& request = options.request;
  Result<SourceSettings> settings = options.sources.read();
  if (!settings) return settings.error();
  request.settings = *settings;
  for (const std::string& url : request.urls)
    if (Status s = expect_no_secret(url); !s) return s;
  if (Status s = expect_no_secret(request.known_as); !s) return s;
  if (!is_inside_name(options.folder))
    return named_error("usage", "'" + options.folder + "' is no folder below --out",
                       "use a relative path without '..'");
  bool trusts_first = request.sha256.empty() && !request.trusted.empty();
  if (trusts_first || is_sha256(request.sha256)) return Done{};
  return named_error("usage", "'" + request.sha256 + "' is no SHA-256",
                     "give the manifest's 64 hexadecimal digits by --sha256, or a folder for a "
                     "record of the first fetch by --trusted");
}

}  // namespace mlpgen::tool
