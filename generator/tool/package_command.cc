// mlpgen-tool package: one Python package file.
#include <filesystem>

#include "base/subcommand.h"
#include "fetch/transfer_options.h"
#include "file/digest.h"
#include "package/package_file.h"
#include "store/object.h"
#include "text/text.h"

namespace mlpgen::tool {

namespace {

Result<int> place_package(const Arguments& a) {
  PackageRequest request;
  Result<SourceSettings> settings = read_sources(a);
  if (!settings) return settings.error();
  request.offline = settings->offline;
  request.kind = a.text("kind") == "wheel" ? PackageKind::kWheel : PackageKind::kSdist;
  request.name = a.text("name");
  request.version = a.text("version");
  request.python = a.text("python");
  request.sha256 = lower(a.text("sha256"));
  std::filesystem::path out = a.text("out");
  request.file_name = out.filename();
  if (!is_sha256(request.sha256))
    return named_error("usage", "'" + request.sha256 + "' is no SHA-256",
                       "give 64 hexadecimal digits");
  Result<Store> store = Store::open_default();
  if (!store) return store.error();
  Result<Object> object = obtain_package(*store, request);
  if (!object) return object.error();
  if (out.has_parent_path())
    if (Status s = make_directories(out.parent_path()); !s) return s.error();
  if (Status s = store->get(*object, out); !s) return s.error();
  return 0;
}

const Registered kPackage(
    {"package", place_package,
     "The file is verified, kept in the store ($MLPGEN_STORE or ~/.cache/mlpgen) and placed under "
     "its name.\n"
     "Example: mlpgen-tool package --kind wheel --name six --version 1.16.0 --sha256 8abb... \\\n"
     "           --python /usr/bin/python3 --out wheels/six-1.16.0-py2.py3-none-any.whl",
     offline_parameters()});

}  // namespace

}  // namespace mlpgen::tool
