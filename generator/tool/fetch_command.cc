// mlpgen-tool fetch: one file by URL and digest into a place of its own.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/subcommand.h"
#include "fetch/download.h"
#include "fetch/transfer_options.h"
#include "file/digest.h"
#include "store/object.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

Result<FetchRequest> request_of(const Arguments& a) {
  FetchRequest request;
  Result<SourceSettings> settings = read_sources(a);
  if (!settings) return settings.error();
  Result<TransferLimits> limits = read_limits(a);
  if (!limits) return limits.error();
  request.settings = *settings;
  request.tries = limits->tries;
  request.stall_seconds = limits->stall_seconds;
  request.max_bytes = limits->max_bytes;
  request.trusted = limits->trusted;
  request.urls = a.list("urls");
  request.sha256 = a.text("sha256");
  request.md5 = a.text("md5");
  request.size = a.number("size").value_or(0);
  request.file_name = std::filesystem::path(a.text("out")).filename();
  request.probe = a.yes("probe");
  if (!is_file_name(request.file_name))
    return named_error("bad-file-name", "'" + a.text("out") + "' ends in no file name",
                       "name the file to write");
  if (!request.md5.empty() && !is_hex(request.md5, 32))
    return named_error("usage", "'" + request.md5 + "' is no MD5",
                       "give 32 hexadecimal digits by --md5");
  if (request.probe) return request;
  if (Status s = expect_digest(request.sha256, request.trusted); !s) return s.error();
  return request;
}

Result<int> fetch_one(const Arguments& a) {
  Result<FetchRequest> request = request_of(a);
  if (!request) return request.error();
  Result<Store> store = Store::open_default();
  if (!store) return store.error();
  Result<Object> object = fetch_file(*store, *request);
  if (!object) return object.error();
  if (request->probe) {
    nlohmann::ordered_json answer{
        {"file_name", request->file_name}, {"sha256", object->sha256}, {"size", object->size}};
    std::cout << answer.dump() << "\n";
    return 0;
  }
  const std::string& out = a.text("out");
  std::string folder = std::filesystem::path(out).parent_path();
  if (!folder.empty())
    if (Status s = make_directories(folder); !s) return s.error();
  if (Status s = store->get(*object, out); !s) return s.error();
  return 0;
}

std::vector<Parameter> with_probe(std::vector<Parameter> parameters) {
  parameters.push_back({"probe", Parameter::Type::kBool,
                        "learn the digest: print JSON {file_name, sha256, size}, place nothing"});
  return parameters;
}

const Registered kFetch({"fetch", fetch_one,
                         "The file is kept in the store ($MLPGEN_STORE or ~/.cache/mlpgen). A "
                         "transfer that stopped continues where it\n"
                         "stopped, also in a later run.\n"
                         "Example: mlpgen-tool fetch --urls https://example.org/model.onnx "
                         "--sha256 1234... --size 35 --out model.onnx",
                         with_probe(transfer_parameters())});

}  // namespace

}  // namespace mlpgen::tool
