// mlpgen-tool tar
#include <iostream>

#include "base/subcommand.h"
#include "file/digest.h"
#include "file/file.h"
#include "text/text.h"
#include "tool/tarball.h"

namespace mlpgen::submission {

namespace {

Result<int> pack(const Arguments& a) {
  std::vector<std::string> top = a.list("top");
  if (!a.text("test_run").empty()) top.push_back("TEST-RUN.md");
  Result<std::string> bytes = pack_tarball(a.text("tree"), top);
  if (!bytes) return bytes.error();
  const std::string& out = a.text("out");
  if (Status s = write_file(out, *bytes); !s) return s.error();
  std::cout << sha256(*bytes) << "  " << out << "\n";
  return 0;
}

const Registered kTar({"tar", pack,
                       "A tar.gz: sorted names, owner 0, time 0, plain modes. The same files give "
                       "the same bytes on every machine.\n"
                       "Prints the SHA-256 of the tarball."});

}  // namespace

}  // namespace mlpgen::submission
