// mlpgen-tool extract: an archive into a folder.
#include <cstdio>

#include "tool/inside.h"
#include "tool/options.h"
#include "tool/subcommands.h"
#include "tool/unpack.h"

namespace mlpgen::tool {

int run_extract(int argc, char** argv) {
  ExtractRequest request;
  std::vector<std::string> renames;
  CLI::App app(std::string(kExtractAbout) +
                   ".\nChecksums are compared. Refused (unsafe-archive): absolute names, '..', links that leave the "
                   "folder, devices, and more bytes\n"
                   "than --max-bytes. Order: --strip, then --select, then --rename.\n"
                   "Example: mlpgen-tool extract --archive images.tar.gz --out images --strip 1 "
                   "--select 'val/*'",
               "mlpgen-tool extract");
  app.add_option("--archive", request.archive, "tar (gzip, bzip2, xz, lzma, zstd or compress), zip or wheel")->required();
  app.add_option("--out", request.out, "folder to fill")->required();
  app.add_option("--strip", request.strip, "leading folders to drop from each name")->check(whole_number());
  app.add_option("--select", request.select,
                 "glob of names to take (* also matches /); may be given again");
  app.add_option("--rename", renames,
                 "A=B: the name or leading folder A becomes B; may be given again");
  app.add_option("--max-bytes", request.max_bytes,
                 "all files together, hard links too; default: 1 GiB + 100 times the archive's size")->check(whole_number());
  app.add_option("--max-files", request.max_files, "number of entries taken; default: 2000000")->check(whole_number());
  if (auto code = read_options(app, argc, argv)) return *code;
  auto pairs = read_pairs("--rename", renames);
  if (!pairs) return report(pairs.error());
  for (const auto& [from, to] : *pairs)
    if (!is_inside_name(to))
      return report(named_error("usage", "--rename " + from + "=" + to + " leaves the folder",
                                "use a name inside"));
  request.rename = *pairs;
  Result<Extracted> done = extract_archive(request);
  if (!done) return report(done.error());
  std::fprintf(stderr, "%llu files, %llu bytes\n", static_cast<unsigned long long>(done->files),
               static_cast<unsigned long long>(done->bytes));
  return 0;
}

}  // namespace mlpgen::tool
