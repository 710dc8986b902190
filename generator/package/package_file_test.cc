#include "package/package_file.h"

#include <doctest/doctest.h>

using namespace mlpgen;
using namespace mlpgen::tool;

namespace {

std::string explained(const std::string& output) {
  PackageRequest request;
  request.name = "six";
  request.version = "1.16.0";
  request.sha256 = "00ff";
  request.python = "python3";
  Error error = explain_pip(request, output);
  return line_of(error) + " / " + error.help;
}

}  // namespace

TEST_CASE("what pip says becomes one of our errors") {
  CHECK(explained("ERROR: Could not find a version that satisfies the requirement six==1.16.0 "
                  "(from versions: 1.15.0, 1.17.0)\n"
                  "ERROR: No matching distribution found for six==1.16.0\n") ==
        "there is no wheel of six==1.16.0 for python3  [package-not-found] / versions that fit "
        "this Python: 1.15.0, 1.17.0");
  CHECK(explained("WARNING: Retrying (...): Temporary failure in name resolution\nERROR: No "
                  "matching distribution found for six\n")
            .find("[no-network]") != std::string::npos);
  CHECK(explained(
            "THESE PACKAGES DO NOT MATCH THE HASHES\n   Expected sha256 00\n        Got        " +
            std::string(64, 'a') + "\n")
            .find("has      " + std::string(64, 'a') + "  [digest-differs]") != std::string::npos);
  CHECK(explained("something else\n").find("[package-client]") != std::string::npos);
}
