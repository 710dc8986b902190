#include "edge/likely_cause.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

std::string what(std::string_view tail, bool killed = false) {
  std::optional<LikelyCause> cause = likely_cause(tail, killed, "/");
  return cause ? cause->what : "";
}

}  // namespace

TEST_CASE("a full disk is named with the room that is left") {
  CHECK(what("cp: error writing 'x': No space left on device").starts_with("the disk is full: "));
  CHECK(what("a\nENOSPC\nb").ends_with(" are free on the disk of /"));
}

TEST_CASE("a proxy is told from a network, and the last line counts") {
  CHECK(what("curl: (5) Could not resolve proxy: p") == "the proxy did not answer");
  CHECK(what("curl: (6) Could not resolve host: h") ==
        "the network, or the server, did not answer");
  CHECK(what("Connection refused\nImportError: x") ==
        "the Python packages do not fit: ImportError: x");
}

TEST_CASE("a missing library is named by its line") {
  CHECK(what("  prog: error while loading shared libraries: libx.so: cannot open shared object "
             "file") ==
        "a library is missing: prog: error while loading shared libraries: libx.so: cannot open "
        "shared object file");
}

TEST_CASE("SIGKILL without a word is memory; other words have no cause in the table") {
  CHECK(what("working", true)
            .starts_with("it was killed, as the kernel does when memory runs out: "));
  CHECK(what("working") == "");
}
