// What is known of a file, then the store, then the URLs.
#include "fetch/download.h"

#include <algorithm>

#include "fetch/url_list.h"
#include "file/digest.h"
#include "store/object.h"
#include "store/trusted.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

std::string store_records(const Store& store) { return store.root() + "/trusted"; }

// The record of first use: this run directory's, else the store's.
std::optional<TrustedFile> record_of(const Store& store, const FetchRequest& request) {
  std::optional<TrustedFile> record;
  if (!request.trusted.empty())
    record = read_trusted(request.trusted, request.urls[0], lower(request.md5));
  return record ? record : read_trusted(store_records(store), request.urls[0], lower(request.md5));
}

Status keep_record(const Store& store, const FetchRequest& request, const TrustedFile& record) {
  for (const std::string& folder : {store_records(store), request.trusted})
    if (!folder.empty() && !read_trusted(folder, record.url, record.md5))
      if (Status s = write_trusted(folder, record); !s) return s;
  return Done{};
}

// Names what is being fetched, for its lock and its partial file.
std::string key_of(const FetchRequest& request) {
  if (!request.sha256.empty()) return lower(request.sha256);
  return sha256(request.urls[0] + "\n" + lower(request.md5));
}

// Adds to a wrong digest that nobody published it.
Error with_record(Error error, const Store& store, const FetchRequest& request,
                  const TrustedFile& record) {
  if (error.id != "digest-differs" && error.id != "size-differs") return error;
  std::string files = trusted_path(store_records(store), record.url, record.md5);
  if (!request.trusted.empty())
    files += " " + trusted_path(request.trusted, record.url, record.md5);
  error.help = "no digest is published; the expected one is that of the first fetch, " +
               record.when + ". If the new bytes are right: `rm " + files + "`";
  return error;
}

Result<Object> fetch_now(const Store& store, const FetchRequest& request,
                         const std::vector<AskedUrl>& urls, const std::string& key) {
  Result<PartialFile> file = PartialFile::open(store.partial(key), !request.md5.empty());
  if (!file) return file.error();
  if (request.probe || (request.size && file->size() > request.size))
    if (Status s = file->restart(); !s) return s.error();
  Result<Fetched> fetched = fetch_from(urls, request, *file);
  if (!fetched) {
    if (file->size() == 0) file->remove();
    return fetched.error();
  }
  // Not the mirror: where it stands in the store must not depend on this machine.
  Result<Object> object =
      store.put_hashed(file->path(), {fetched->sha256, request.file_name, fetched->url.recipe});
  file->remove();
  return object;
}

// The object that the digest names; nothing where it is not known or not there.
Result<std::optional<Object>> stored(const Store& store, const FetchRequest& request) {
  if (request.probe || request.sha256.empty()) return std::optional<Object>();
  return store.find(lower(request.sha256));
}

Result<Object> fetch_once(const Store& store, const FetchRequest& request) {
  Result<std::vector<AskedUrl>> urls = asked_urls(request);
  if (!urls) return urls.error();
  Result<std::optional<Object>> found = stored(store, request);
  if (!found) return found.error();
  if (*found) return **found;
  std::string key = key_of(request);
  if (urls->empty())
    return named_error("offline",
                       request.file_name +
                           (request.sha256.empty() ? "" : " (" + key.substr(0, 12) + "...)") +
                           " is not in the store " + store.root(),
                       "run once without --offline and MLPGEN_OFFLINE");
  Result<LockFile> lock = store.lock(key, request.file_name);
  if (!lock) return lock.error();
  found = stored(store, request);  // another process may have fetched it meanwhile
  if (!found) return found.error();
  if (*found) return **found;
  if (!request.probe && request.sha256.empty() && record_of(store, request))
    return fetch_file(store, request);  // likewise: its digest is known now
  Result<Object> object = fetch_now(store, request, *urls, key);
  if (!object || request.probe || !request.sha256.empty()) return object;
  // While others still wait, so that the first bytes are the same for all.
  TrustedFile record{request.urls[0], lower(request.md5), request.file_name,
                     object->sha256,  object->size,       now_utc()};
  if (Status s = keep_record(store, request, record); !s) return s.error();
  return object;
}

}  // namespace

Result<std::vector<AskedUrl>> asked_urls(const FetchRequest& request) {
  if (request.urls.empty())
    return named_error("bad-url", request.file_name + " has no URL", "give one by --url");
  std::vector<AskedUrl> asked;
  for (const std::string& url : request.urls) {
    Result<std::string> one = asked_url(url, request.settings.mirrors);
    if (!one) return one.error();
    if (!request.settings.offline || lower(*one).starts_with("file:")) asked.push_back({url, *one});
  }
  return asked;
}

Result<Object> fetch_file(const Store& store, const FetchRequest& request) {
  if (request.probe || !request.sha256.empty() || request.urls.empty())
    return fetch_once(store, request);
  std::optional<TrustedFile> record = record_of(store, request);
  if (!record) return fetch_once(store, request);
  FetchRequest known = request;
  known.sha256 = record->sha256;
  if (known.size == 0) known.size = record->size;
  Result<Object> object = fetch_once(store, known);
  if (!object) return with_record(object.error(), store, request, *record);
  if (Status s = keep_record(store, request, *record); !s) return s.error();
  return object;
}

}  // namespace mlpgen::tool
