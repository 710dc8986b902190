// mlpgen-tool package: one Python package file into a folder.
#include "base/digest.h"
#include "base/text.h"
#include "store/object.h"
#include "tool/options.h"
#include "tool/package_file.h"
#include "tool/source_settings.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {

int run_package(int argc, char** argv) {
  PackageRequest request;
  std::string kind, out, settings_file;
  CLI::App app(std::string(kPackageAbout) +
                   ".\nThe file is verified, kept in the store ($MLPGEN_STORE or ~/.cache/mlpgen) "
                   "and placed in the folder.\n"
                   "Example: mlpgen-tool package --kind wheel --name six --version 1.16.0 --sha256 "
                   "8abb... \\\n"
                   "           --file-name six-1.16.0-py2.py3-none-any.whl --python "
                   "/usr/bin/python3 --out wheels",
               "mlpgen-tool package");
  app.add_option("--kind", kind, "wheel or sdist")
      ->required()
      ->check(CLI::IsMember({"wheel", "sdist"}));
  app.add_option("--name", request.name, "name of the package")->required();
  app.add_option("--version", request.version, "exact version")->required();
  app.add_option("--sha256", request.sha256, "digest of the file, 64 hexadecimal digits")
      ->required();
  app.add_option("--file-name", request.file_name, "name of the file")->required();
  app.add_option("--python", request.python,
                 "the Python whose pip is used and for which a wheel must fit")
      ->required();
  app.add_option("--out", out, "folder to place it in")->required();
  app.add_flag("--offline", request.offline, "take it from the store or fail");
  app.add_option("--settings", settings_file,
                 "JSON {format: 1, offline: bool}, read where it is there");
  if (auto code = read_options(app, argc, argv)) return *code;
  SourceSettings settings{{}, request.offline};
  if (Status s = add_settings(settings, settings_file); !s) return report(s.error());
  request.offline = settings.offline;
  request.kind = kind == "wheel" ? PackageKind::kWheel : PackageKind::kSdist;
  if (!is_sha256(request.sha256))
    return report(named_error("usage", "'" + request.sha256 + "' is no SHA-256",
                              "give 64 hexadecimal digits"));
  if (!is_file_name(request.file_name))
    return report(named_error("bad-file-name", "'" + request.file_name + "' is no file name",
                              "leave folders out"));
  request.sha256 = lower(request.sha256);
  Result<Store> store = Store::open_default();
  if (!store) return report(store.error());
  Result<Object> object = obtain_package(*store, request);
  if (!object) return report(object.error());
  if (Status s = make_directories(out); !s) return report(s.error());
  Status s = store->get(*object, out + "/" + request.file_name);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
