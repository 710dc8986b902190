// One file of a Python package through the ordinary package client, pip.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace mlpgen::tool {

enum class PackageKind { kWheel, kSdist };

struct PackageRequest {
  PackageKind kind = PackageKind::kWheel;
  std::string name;       // e.g. "mlcommons-loadgen"
  std::string version;    // exact
  std::string sha256;     // "" when it is not known yet (lock-packages --probe)
  std::string file_name;  // "" takes the client's name
  std::string python;     // program; its tags decide which wheel fits
  bool offline = false;
};

// The file, in the store. It comes from there when it is there; else pip brings it into a private
// folder, its SHA-256 is compared here once more, and it is stored. A Python without pip gets a
// private environment made by its venv module. To read a source package's name, pip runs that
// package's own build backend, in an isolated environment; with a known digest it does so only
// after the digest was right. Errors: package-not-found, digest-differs, no-network, offline,
// no-pip, no-program, package-client.
Result<Object> obtain_package(const Store& store, const PackageRequest& request);

// What pip's output means; for a request that failed. `output` is stdout and stderr.
Error explain_pip(const PackageRequest& request, const std::string& output);

// The command that starts pip under `python`: {python, "-I", "-m", "pip"}, or that of a new
// environment below `scratch`.
Result<std::vector<std::string>> pip_command(const std::string& python, const std::string& scratch);

}  // namespace mlpgen::tool
