// mlpgen-tool lock-packages: what a Python needs, resolved over the network into exact versions and
// hashes.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error_json.h"
#include "base/subcommand.h"
#include "file/file.h"
#include "package/package_file.h"
#include "package/uv.h"
#include "text/text.h"

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

Result<int> lock_packages(const Arguments& a) {
  LockRequest request{a.text("python"),         a.text("out"),  a.text("uv"),
                      a.text("probe"),          a.text("kind"), a.list("require"),
                      a.list("system_packages")};
  bool asks = !request.require.empty();
  if (request.probe.empty() != asks || asks == request.out.empty())
    return named_error(
        "usage", asks ? "--require needs --out, and --probe neither" : "nothing was asked for",
        "give --require SPEC... --out FILE, or --probe NAME==VERSION");
  Result<Store> store = Store::open_default();
  if (!store) return store.error();
  Status s = asks ? compile(*store, request) : probe(*store, request);
  if (s) return 0;
  std::cout << to_json_line(s.error());
  return s.error();
}

using Type = Parameter::Type;
const Registered kLockPackages(
    {"lock-packages",
     lock_packages,
     "With --probe: JSON {file_name, sha256, size} of one package file on stdout; the file is kept "
     "in the store. Without an answer: JSON {error: {id, message, help, location}}. Without --uv "
     "the uv on PATH runs.\n"
     "Example: mlpgen-tool lock-packages --python /usr/bin/python3 --require 'numpy<2' --require "
     "pycocotools --out requirements.txt",
     {{"python", Type::kText, "the Python for which to resolve", true},
      {"require", Type::kList, "requirement such as numpy==1.26.4 or 'pillow>=10'"},
      {"out", Type::kText, "requirements file to write"},
      {"system_packages", Type::kList,
       "NAME==VERSION that the system's Python has: nothing else is taken for it"},
      {"uv", Type::kText, "the wheel of uv"},
      {"probe", Type::kText, "NAME==VERSION of one file"},
      {"kind", Type::kText, "with --probe", false, {"wheel"}, {"wheel", "sdist"}}},
     "Resolve Python packages over the network into requirements with hashes"});

}  // namespace

}  // namespace mlpgen::tool
