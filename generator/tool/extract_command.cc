// mlpgen-tool extract: an archive into a folder.
#include <cstdio>

#include "archive/inside.h"
#include "archive/unpack.h"
#include "base/subcommand.h"

namespace mlpgen::tool {

namespace {

Result<int> extract(const Arguments& a) {
  ExtractRequest request;
  request.archive = a.text("archive");
  request.out = a.text("out");
  request.strip = static_cast<unsigned>(*a.number("strip"));
  request.select = a.list("select");
  request.rename = a.map("rename");
  request.max_bytes = a.number("max_bytes").value_or(0);
  request.max_files = *a.number("max_files");
  for (const auto& [from, to] : request.rename)
    if (!is_inside_name(to))
      return named_error("usage", "--rename " + from + "=" + to + " leaves the folder",
                         "use a name inside");
  Result<Extracted> done = extract_archive(request);
  if (!done) return done.error();
  std::fprintf(stderr, "%llu files, %llu bytes\n", static_cast<unsigned long long>(done->files),
               static_cast<unsigned long long>(done->bytes));
  return 0;
}

const Registered kExtract(
    {"extract",
     extract,
     "Checksums are compared. Refused (unsafe-archive): absolute names, '..', links that leave the "
     "folder, devices, and more bytes\n"
     "than --max-bytes. Order: --strip, then --select (* also matches /), then --rename (names and "
     "leading folders).\n"
     "Example: mlpgen-tool extract --archive images.tar.gz --out images --strip 1 --select 'val/*'",
     {{"max_bytes", Parameter::Type::kInt,
       "all files together, hard links too; without it 1 GiB + 100 times the archive's size"},
      {"max_files", Parameter::Type::kInt, "number of entries taken", false, {"2000000"}}}});

}  // namespace

}  // namespace mlpgen::tool
