// mlpgen-tool lock-packages: what a Python needs, resolved over the network into exact versions and
// hashes.
#include <iostream>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "tool/options.h"
#include "tool/package_file.h"
#include "tool/subcommands.h"
#include "tool/uv.h"

namespace mlpgen::tool {
namespace {

struct LockRequest {
  std::string python, out, uv_wheel, probe, kind;
  std::vector<std::string> require, system;
};

Status compile(const Store& store, const LockRequest& request) {
  Result<Uv> uv = Uv::open(store, request.uv_wheel);
  if (!uv) return uv.error();
  Result<TemporaryFolder> scratch = TemporaryFolder::make(store.root() + "/tmp");
  if (!scratch) return scratch.error();
  std::string asked = scratch->path() + "/requirements.in",
              answer = scratch->path() + "/requirements.txt",
              left_out = scratch->path() + "/left-out.txt", overrides;
  if (Status s = write_file(asked, join(request.require, "\n") + "\n"); !s) return s;
  // Whoever asks for a package of the system gets none: a platform that there is not.
  for (const std::string& package : request.system)
    overrides += package.substr(0, package.find("==")) + " ; sys_platform == 'the-system-has-it'\n";
  if (Status s = write_file(left_out, overrides); !s) return s;
  Result<Outcome> done =
      uv->run({"pip", "compile", "--generate-hashes", "--no-header", "--no-annotate", "--quiet",
               "--python", request.python, "--override", left_out, "--output-file", answer, asked},
              false);
  if (!done) return done.error();
  if (done->code != 0)
    return explain_uv("resolve " + join(request.require, ", "), done->output, false);
  Result<std::string> text = read_file(answer);
  if (!text) return text.error();
  return write_file(request.out, *text);
}

// Prints {"file_name", "sha256", "size"} of the one file that this Python would take.
Status probe(const Store& store, const LockRequest& request) {
  size_t at = request.probe.find("==");
  if (at == std::string::npos || at == 0)
    return named_error("usage", "'" + request.probe + "' names no exact version",
                       "write --probe NAME==VERSION");
  PackageRequest package;
  package.kind = request.kind == "sdist" ? PackageKind::kSdist : PackageKind::kWheel;
  package.name = request.probe.substr(0, at);
  package.version = request.probe.substr(at + 2);
  package.python = request.python;
  Result<Object> object = obtain_package(store, package);
  if (!object) return object.error();
  nlohmann::ordered_json answer{
      {"file_name", object->name}, {"sha256", object->sha256}, {"size", object->size}};
  std::cout << answer.dump() << "\n";
  return Done{};
}

}  // namespace

int run_lock_packages(int argc, char** argv) {
  LockRequest request;
  CLI::App app(std::string(kLockPackagesAbout) +
                   ".\nWith --probe: JSON {file_name, sha256, size} of one package file on stdout; "
                   "the file is kept in the store.\n"
                   "Example: mlpgen-tool lock-packages --python /usr/bin/python3 --require "
                   "'numpy<2' pycocotools --out requirements.txt",
               "mlpgen-tool lock-packages");
  app.add_option("--python", request.python, "the Python for which to resolve")->required();
  CLI::Option* require = app.add_option("--require", request.require,
                                        "requirements such as numpy==1.26.4 or 'pillow>=10'");
  CLI::Option* out = app.add_option("--out", request.out, "requirements file to write");
  app.add_option("--system-package", request.system,
                 "NAME==VERSION that the system's Python has: nothing else is taken for it");
  app.add_option("--uv-wheel", request.uv_wheel, "the wheel of uv; default: uv on PATH");
  CLI::Option* probed = app.add_option("--probe", request.probe, "NAME==VERSION of one file");
  app.add_option("--kind", request.kind, "wheel or sdist; with --probe")
      ->check(CLI::IsMember({"wheel", "sdist"}))
      ->needs(probed);
  probed->excludes(require)->excludes(out);
  require->needs(out);
  if (auto code = read_options(app, argc, argv)) return *code;
  Result<Store> store = Store::open_default();
  if (!store) return report(store.error());
  if (request.probe.empty() && request.require.empty())
    return report(named_error("usage", "nothing was asked for",
                              "give --require SPEC... --out FILE, or --probe NAME==VERSION"));
  Status s = request.probe.empty() ? compile(*store, request) : probe(*store, request);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
