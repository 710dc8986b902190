// URLs in order, each tried until it brings nothing more; then the digest decides.
#include "tool/download.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "base/digest.h"
#include "base/text.h"
#include "edge/machine_lock.h"
#include "store/named_error.h"
#include "tool/transfer.h"

namespace mlpgen::tool {
namespace {

// What came of one URL.
struct Attempt {
  bool done = false;
  bool digest_differs = false;
  bool size_differs = false;
  std::string why;
};

class Download {
 public:
  Download(const Store& store, const FetchRequest& request) : store_(store), request_(request) {}

  Result<Object> run(const std::vector<std::string>& urls, PartialFile& file);

 private:
  Result<Attempt> from_url(const std::string& url, PartialFile& file);
  Result<Attempt> transfer_all(const std::string& url, PartialFile& file);
  Error none_of(const std::vector<std::string>& urls, const std::vector<Attempt>& attempts) const;

  const Store& store_;
  const FetchRequest& request_;
  std::string actual_;  // digest of the bytes that came last
};

// Lets a waiting measurement through; asks at most every 50 ms, since blocks come faster.
void let_measurement_through() {
  using Clock = std::chrono::steady_clock;
  static Clock::time_point last;
  if (Clock::now() - last < std::chrono::milliseconds(50)) return;
  yield_to_measurement();
  last = Clock::now();
}

void pause_before(unsigned try_number, unsigned pause_ms) {
  unsigned ms = std::min(pause_ms << std::min(try_number, 10U), 10'000U);
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

// Calls a URL until the file is whole. Only calls in a row that bring no byte count against it.
Result<Attempt> Download::transfer_all(const std::string& url, PartialFile& file) {
  TransferRequest call{url, request_.size, request_.stall_seconds, let_measurement_through,
                       request_.file_name};
  std::string why;
  for (unsigned idle = 0; idle < request_.tries;) {
    if (request_.size && file.size() == request_.size) return Attempt{true, false, false, ""};
    uint64_t before = file.size();
    TransferEnd end = transfer(call, file);
    if (end.kind == TransferEnd::Kind::kOurs) return end.error;
    if (end.kind == TransferEnd::Kind::kGiveUp)
      return Attempt{false, false, end.wrong_size, end.why};
    if (end.kind == TransferEnd::Kind::kComplete &&
        (!request_.size || file.size() == request_.size))
      return Attempt{true, false, false, ""};
    why = end.kind == TransferEnd::Kind::kComplete
              ? "it ended after " + std::to_string(file.size()) + " of " +
                    std::to_string(request_.size) + " bytes"
              : end.why;
    idle = file.size() > before ? 0 : idle + 1;
    if (idle < request_.tries) {
      std::fprintf(stderr, "%s: %s; trying again\n", request_.file_name.c_str(), why.c_str());
      pause_before(idle, request_.pause_ms);
    }
  }
  return Attempt{false, false, false,
                 why + " (tried " + std::to_string(request_.tries) + " times)"};
}

// A wrong digest of bytes that partly came from elsewhere or from an earlier run is no verdict on
// this URL: once more.
Result<Attempt> Download::from_url(const std::string& url, PartialFile& file) {
  for (;;) {
    bool resumed = file.size() > 0;
    Result<Attempt> attempt = transfer_all(url, file);
    if (!attempt) return attempt;
    if (!attempt->done) {
      if (attempt->size_differs && resumed) {
        if (Status s = file.restart(); !s) return s.error();
        continue;
      }
      return attempt;
    }
    actual_ = file.hex();
    if (request_.probe || actual_ == lower(request_.sha256)) return attempt;
    if (Status s = file.restart(); !s) return s.error();
    if (!resumed) return Attempt{false, true, false, "its SHA-256 is " + actual_};
    std::fprintf(stderr, "%s: what an earlier run had left was damaged; beginning again\n",
                 request_.file_name.c_str());
  }
}

Error Download::none_of(const std::vector<std::string>& urls,
                        const std::vector<Attempt>& attempts) const {
  auto all = [&](bool Attempt::*what) {
    return std::all_of(attempts.begin(), attempts.end(),
                       [&](const Attempt& one) { return one.*what; });
  };
  std::string id = all(&Attempt::digest_differs) ? "digest-differs"
                   : all(&Attempt::size_differs) ? "size-differs"
                                                 : "not-fetched";
  std::string message = request_.file_name + " could not be fetched";
  if (!request_.sha256.empty()) message += " with the SHA-256 " + request_.sha256;
  for (size_t i = 0; i < urls.size(); ++i) message += "\n  " + urls[i] + ": " + attempts[i].why;
  std::string help = id == "not-fetched"
                         ? "check the network, or take it from elsewhere by --mirror PREFIX=URL; "
                           "the next run goes on where this one stopped"
                         : "if the new bytes are right, run `mlpgen lock`; else take them from "
                           "elsewhere by --mirror PREFIX=URL";
  return named_error(id, message, help);
}

Result<Object> Download::run(const std::vector<std::string>& urls, PartialFile& file) {
  std::vector<Attempt> attempts;
  for (size_t i = 0; i < urls.size(); ++i) {
    Result<Attempt> attempt = from_url(urls[i], file);
    if (!attempt) return attempt.error();
    // Asked URL, not mirror: where it stands in the store must not depend on this machine.
    if (attempt->done)
      return store_.put_hashed(file.path(), {actual_, request_.file_name, request_.urls[i]});
    std::fprintf(stderr, "%s: %s: %s\n", request_.file_name.c_str(), urls[i].c_str(),
                 attempt->why.c_str());
    attempts.push_back(*attempt);
  }
  return none_of(urls, attempts);
}

bool has_scheme(const std::string& url, std::initializer_list<const char*> schemes) {
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](const char* scheme) { return lower(url).starts_with(scheme); });
}

Result<Object> fetch_now(const Store& store, const FetchRequest& request,
                         const std::vector<std::string>& urls, const std::string& key) {
  Result<PartialFile> file = PartialFile::open(store.partial(key));
  if (!file) return file.error();
  if (request.probe || (request.size && file->size() > request.size))
    if (Status s = file->restart(); !s) return s.error();
  Result<Object> object = Download(store, request).run(urls, *file);
  if (file->size() == 0) unlink(file->path().c_str());
  return object;
}

}  // namespace

Result<Mirror> read_mirror(const std::string& word) {
  for (const char* scheme : {"=http://", "=https://", "=file:///"})
    if (size_t at = word.rfind(scheme); at != std::string::npos && at > 0)
      return Mirror{word.substr(0, at), word.substr(at + 1)};
  return named_error("usage", "'" + word + "' after --mirror is not of the form PREFIX=URL",
                     "the URL begins with http://, https:// or file:///");
}

Result<std::vector<std::string>> asked_urls(const FetchRequest& request) {
  std::vector<std::string> asked;
  for (const std::string& url : request.urls) {
    if (!has_scheme(url, {"http://", "https://"}))
      return named_error("bad-url", "'" + url + "' cannot be fetched",
                         "use http:// or https://; a file:// URL may only be a mirror");
    std::string changed = url;
    for (const Mirror& mirror : request.mirrors)
      if (url.starts_with(mirror.prefix)) {
        changed = mirror.url + url.substr(mirror.prefix.size());
        break;
      }
    asked.push_back(changed);
  }
  if (asked.empty())
    return named_error("bad-url", request.file_name + " has no URL", "give one by --url");
  return asked;
}

Result<Object> fetch_file(const Store& store, const FetchRequest& request) {
  Result<std::vector<std::string>> urls = asked_urls(request);
  if (!urls) return urls.error();
  std::string key = request.probe ? sha256(request.urls[0]) : lower(request.sha256);
  Result<std::optional<Object>> found = request.probe ? std::optional<Object>() : store.find(key);
  if (!found) return found.error();
  if (*found) return **found;
  if (request.offline)
    return named_error(
        "offline",
        request.file_name + " (" + key.substr(0, 12) + "...) is not in the store " + store.root(),
        "run once without --offline");
  Result<FileLock> lock = store.lock(key, request.file_name, let_measurement_through);
  if (!lock) return lock.error();
  if (!request.probe) found = store.find(key);  // another process may have fetched it meanwhile
  if (!found) return found.error();
  if (*found) return **found;
  return fetch_now(store, request, *urls, key);
}

}  // namespace mlpgen::tool
