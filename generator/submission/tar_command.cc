// mlpgen-tool tar
#include <iostream>

#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "submission/options.h"
#include "submission/run_commands.h"
#include "submission/tarball.h"

namespace mlpgen::submission {

int run_tar(int argc, char** argv) {
  CLI::App app(
      "Packs parts of a folder as tar.gz: sorted names, owner 0, time 0, plain modes. The same "
      "files give the same\n"
      "bytes on every machine. Prints the SHA-256 of the tarball.");
  std::string tree, out;
  std::vector<std::string> top;
  app.add_option("--tree", tree, "folder that holds the division folder")->required();
  app.add_option("--top", top, "what to pack, more than once: open, TEST-RUN.md")
      ->required()
      ->delimiter(',');
  app.add_option("--out", out, "file to write, e.g. open.tar.gz")->required();
  if (std::optional<int> code = parse_options(app, argc, argv)) return *code;
  Result<std::string> bytes = pack_tarball(tree, top);
  if (!bytes) return fail(bytes.error());
  if (Status s = write_file(out, *bytes); !s) return fail(s.error());
  std::cout << sha256(*bytes) << "  " << out << "\n";
  return 0;
}

}  // namespace mlpgen::submission
