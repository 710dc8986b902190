// URLs in order, each tried until it brings nothing more; then the digests decide.
#include "fetch/url_list.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "fetch/continued.h"
#include "fetch/transfer.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

// What came of one URL.
struct Attempt {
  bool done = false;
  bool digest_differs = false;
  bool size_differs = false;
  std::string why;
};

class UrlList {
 public:
  UrlList(const FetchRequest& request, PartialFile& file) : request_(request), file_(file) {}

  Result<Attempt> from_url(const std::string& url);
  const std::string& sha256() const { return sha256_; }

 private:
  Result<Attempt> transfer_all(const std::string& url);
  std::string difference();

  const FetchRequest& request_;
  PartialFile& file_;
  std::string sha256_;  // of the bytes that came last
};

void pause_before(unsigned try_number, unsigned pause_ms) {
  unsigned ms = std::min(pause_ms << std::min(try_number, 10U), 10'000U);
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

// Calls a URL until the file is whole. Only calls in a row that bring no byte, or hardly any, count
// against it, and none over which this process was stopped.
Result<Attempt> UrlList::transfer_all(const std::string& url) {
  bool digest_known = !request_.sha256.empty() || !request_.md5.empty();
  TransferRequest call{url,
                       request_.size,
                       digest_known ? UINT64_MAX : request_.max_bytes,
                       {digest_known, request_.stall_seconds},
                       request_.file_name};
  std::string why;
  for (unsigned idle = 0; idle < request_.tries;) {
    if (request_.size && digest_known && file_.size() == request_.size)
      return Attempt{true, false, false, ""};
    uint64_t before = file_.size();
    unsigned continued = times_continued();
    TransferEnd end = transfer(call, file_);
    if (end.kind == TransferEnd::Kind::kOurs) return end.error;
    if (end.kind == TransferEnd::Kind::kGiveUp)
      return Attempt{false, false, end.wrong_size, end.why};
    if (end.kind == TransferEnd::Kind::kComplete &&
        (!request_.size || file_.size() == request_.size))
      return Attempt{true, false, false, ""};
    why = end.kind == TransferEnd::Kind::kComplete
              ? "it ended after " + std::to_string(file_.size()) + " of " +
                    std::to_string(request_.size) + " bytes"
              : end.why;
    uint64_t came = file_.size() > before ? file_.size() - before : 0;
    bool helped = came > 0 && !(end.slow && came < kSlowest * request_.stall_seconds);
    if (times_continued() != continued) continue;
    idle = helped ? 0 : idle + 1;
    if (idle < request_.tries) {
      std::fprintf(stderr, "%s: %s; trying again\n", request_.file_name.c_str(), why.c_str());
      pause_before(idle, request_.pause_ms);
    }
  }
  return Attempt{false, false, false,
                 why + " (tried " + std::to_string(request_.tries) + " times)"};
}

// How the bytes differ from what was asked for; "" where they do not.
std::string UrlList::difference() {
  sha256_ = file_.sha256();
  std::string md5 = file_.md5();
  if (request_.probe) return "";
  if (!request_.sha256.empty() && sha256_ != lower(request_.sha256))
    return "its SHA-256 is " + sha256_;
  if (!request_.md5.empty() && md5 != lower(request_.md5)) return "its MD5 is " + md5;
  return "";
}

// A wrong digest of bytes that partly came from elsewhere or from an earlier run is no verdict on
// this URL: once more.
Result<Attempt> UrlList::from_url(const std::string& url) {
  for (;;) {
    bool resumed = file_.size() > 0;
    Result<Attempt> attempt = transfer_all(url);
    if (!attempt) return attempt;
    if (!attempt->done) {
      if (!attempt->size_differs || !resumed) return attempt;
      if (Status s = file_.restart(); !s) return s.error();
      continue;
    }
    std::string differs = difference();
    if (differs.empty()) return attempt;
    if (Status s = file_.restart(); !s) return s.error();
    if (!resumed) return Attempt{false, true, false, differs};
    std::fprintf(stderr, "%s: what an earlier run had left was damaged; beginning again\n",
                 request_.file_name.c_str());
  }
}

Error none_of(const FetchRequest& request, const std::vector<AskedUrl>& urls,
              const std::vector<Attempt>& attempts) {
  auto all = [&](bool Attempt::*what) {
    return std::all_of(attempts.begin(), attempts.end(),
                       [&](const Attempt& one) { return one.*what; });
  };
  std::string id = all(&Attempt::digest_differs) ? "digest-differs"
                   : all(&Attempt::size_differs) ? "size-differs"
                                                 : "not-fetched";
  std::string message = request.file_name + " could not be fetched";
  if (!request.sha256.empty())
    message += " with the SHA-256 " + request.sha256;
  else if (!request.md5.empty())
    message += " with the MD5 " + request.md5;
  for (size_t i = 0; i < urls.size(); ++i)
    message += "\n  " + urls[i].asked + ": " + attempts[i].why;
  std::string help =
      id == "not-fetched"
          ? "check the network, or take it from elsewhere by MLPGEN_MIRROR='PREFIX=URL' or "
            "--mirror; the next run continues where this one stopped"
          : "if the new bytes are right, correct the digest in the recipe or the lock; else "
            "take them from elsewhere by MLPGEN_MIRROR='PREFIX=URL' or --mirror";
  return named_error(id, message, help);
}

}  // namespace

Result<Fetched> fetch_from(const std::vector<AskedUrl>& urls, const FetchRequest& request,
                           PartialFile& file) {
  std::vector<Attempt> attempts;
  UrlList list(request, file);
  for (const AskedUrl& url : urls) {
    Result<Attempt> attempt = list.from_url(url.asked);
    if (!attempt) return attempt.error();
    if (attempt->done) return Fetched{list.sha256(), url};
    std::fprintf(stderr, "%s: %s: %s\n", request.file_name.c_str(), url.asked.c_str(),
                 attempt->why.c_str());
    attempts.push_back(*attempt);
  }
  return none_of(request, urls, attempts);
}

}  // namespace mlpgen::tool
