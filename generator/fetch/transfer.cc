// libcurl's callbacks around a partial file.
#include "fetch/transfer.h"

#include <curl/curl.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "fetch/http_call.h"
#include "file/progress_note.h"
#include "text/text.h"
#include "text/units.h"

namespace mlpgen::tool {
namespace {

using Clock = std::chrono::steady_clock;

struct CloseEasy {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

// At most one line a second on stderr, and none for what takes less.
class Progress {
 public:
  void show(const std::string& name, uint64_t at, uint64_t size) {
    Clock::time_point now = Clock::now();
    if (now - last_ < std::chrono::seconds(1)) return;
    double seconds = std::chrono::duration<double>(now - last_).count();
    double rate = static_cast<double>(at - (at < at_ ? at : at_)) / seconds;
    last_ = now;
    at_ = at;
    note_progress(at, size, "bytes");
    std::string came = readable_bytes(at) + (size ? " of " + readable_bytes(size) : "");
    std::fprintf(stderr, "%s: %s, %s/s\n", name.c_str(), came.c_str(),
                 readable_bytes(static_cast<uint64_t>(rate)).c_str());
  }
  void start(uint64_t at) { at_ = at; }

 private:
  Clock::time_point last_ = Clock::now();
  uint64_t at_ = 0;
};

// What the callbacks share during one call.
struct Call {
  const TransferRequest& request;
  PartialFile& file;
  CURL* curl;
  uint64_t asked_from;              // first byte asked for
  uint64_t answered_from = 0;       // by the server's Content-Range
  std::string etag, last_modified;  // of this answer
  bool begun = false;               // the first block has come
  std::optional<TransferEnd> end;   // set by a callback that stops the call
  Progress progress;
};

size_t stop(Call& call, TransferEnd end) {
  call.end = std::move(end);
  return 0;  // libcurl takes any count but the one it offered for a stop
}

size_t on_header(char* data, size_t, size_t size, void* user) {
  Call& call = *static_cast<Call*>(user);
  std::string line = lower(trim(std::string_view(data, size)));
  if (line.starts_with("http/")) {  // another answer, after a redirect
    call.answered_from = 0;
    call.etag = call.last_modified = "";
  }
  std::string_view exact = trim(std::string_view(data, size));
  if (line.starts_with("etag: \"")) call.etag = exact.substr(6);  // W/"..." promises no equal bytes
  if (line.starts_with("last-modified: ")) call.last_modified = exact.substr(15);
  if (line.starts_with("content-range: bytes "))
    call.answered_from = std::strtoull(line.c_str() + 21, nullptr, 10);
  return size;
}

// Called before the first block: where do these bytes belong, and can they be the right ones?
std::optional<TransferEnd> begin(Call& call) {
  using Kind = TransferEnd::Kind;
  long code = 0;
  curl_off_t length = -1;
  curl_easy_getinfo(call.curl, CURLINFO_RESPONSE_CODE, &code);
  curl_easy_getinfo(call.curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (code >= 300 && code < 400)
    return TransferEnd{Kind::kGiveUp, kSentElsewhere, {}, false, false};
  bool is_rest = code == 206 || code == 0;  // 0: a file
  if (code == 206 && call.answered_from != call.asked_from)
    return TransferEnd{
        Kind::kGiveUp, "the server sent another range than was asked for", {}, false, false};
  // Before the first byte of it: where no digest tells, "sign in" would be taken for the file.
  if (!call.request.trust.digest_known && sends_web_page(call.curl, call.request.shown_name))
    return TransferEnd{Kind::kGiveUp, kWebPage, {}, false, false};
  std::string validator = call.etag.empty() ? call.last_modified : call.etag;
  bool version_counts = !call.request.trust.digest_known;
  if (code == 206 && version_counts && !validator.empty() &&
      validator != call.file.origin().validator) {
    if (Status s = call.file.restart(); !s)
      return TransferEnd{Kind::kOurs, "", s.error(), false, false};
    return TransferEnd{Kind::kTryAgain, "the file there has changed", {}, false, false};
  }
  if (!is_rest && call.file.size() > 0)
    if (Status s = call.file.restart(); !s)
      return TransferEnd{Kind::kOurs, "", s.error(), false, false};
  if (call.file.size() == 0 && version_counts) call.file.set_origin({call.request.url, validator});
  if (length < 0) return std::nullopt;
  uint64_t whole = call.file.size() + static_cast<uint64_t>(length);
  if (!call.request.size && whole <= call.request.most_bytes) return std::nullopt;
  if (!call.request.size)
    return TransferEnd{Kind::kGiveUp, too_many_bytes(call.request.most_bytes), {}, false, false};
  if (whole == call.request.size) return std::nullopt;
  return TransferEnd{Kind::kGiveUp,
                     "the file there has " + std::to_string(whole) + " bytes, expected are " +
                         std::to_string(call.request.size),
                     {},
                     true,
                     false};
}

size_t on_block(char* data, size_t, size_t size, void* user) {
  Call& call = *static_cast<Call*>(user);
  if (!call.begun) {
    call.begun = true;
    if (std::optional<TransferEnd> end = begin(call)) return stop(call, *end);
    call.progress.start(call.file.size());
  }
  if (call.request.size && call.file.size() + size > call.request.size)
    return stop(call,
                {TransferEnd::Kind::kGiveUp,
                 "it sends more than the expected " + std::to_string(call.request.size) + " bytes",
                 {},
                 true,
                 false});
  if (!call.request.size && call.file.size() + size > call.request.most_bytes)
    return stop(
        call,
        {TransferEnd::Kind::kGiveUp, too_many_bytes(call.request.most_bytes), {}, false, false});
  if (Status s = call.file.append({data, size}); !s)
    return stop(call, {TransferEnd::Kind::kOurs, "", s.error(), false, false});
  call.progress.show(call.request.shown_name, call.file.size(), call.request.size);
  return size;
}

void set_options(Call& call, const std::string& range, char* why) {
  CURL* curl = call.curl;
  curl_easy_setopt(curl, CURLOPT_URL, call.request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, 256L * 1024);
  set_call_options(curl, why);
  set_call_trust(curl, call.request.url, call.request.trust);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &call);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_block);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &call);
  if (!range.empty()) curl_easy_setopt(curl, CURLOPT_RANGE, range.c_str());
}

// The file there is shorter than what we have.
bool nothing_from_there_on(const Call& call, CURLcode result) {
  long code = 0;
  curl_easy_getinfo(call.curl, CURLINFO_RESPONSE_CODE, &code);
  return result == CURLE_HTTP_RETURNED_ERROR && code == 416 && call.file.size() > 0;
}

TransferEnd end_of(Call& call, CURLcode result, const char* why) {
  using Kind = TransferEnd::Kind;
  if (call.end) return *call.end;
  if (nothing_from_there_on(call, result)) {
    if (Status s = call.file.restart(); !s) return {Kind::kOurs, "", s.error(), false, false};
    return {Kind::kTryAgain, "the server has nothing from that byte on", {}, false, false};
  }
  if (std::optional<CallFault> fault = call_fault(call.curl, result, why, call.request.trust))
    return {fault->may_pass ? Kind::kTryAgain : Kind::kGiveUp, fault->why, {}, false, fault->slow};
  if (!call.begun)  // without a byte: what an earlier call left is not all of this answer
    if (std::optional<TransferEnd> end = begin(call)) return *end;
  if (call.request.trust.digest_known) return {};
  std::string doubt = answer_doubt(call.curl, call.request.shown_name,
                                   call.file.first_bytes(kTellingBytes), call.file.size());
  if (doubt.empty()) return {};
  if (Status s = call.file.restart(); !s) return {Kind::kOurs, "", s.error(), false, false};
  return {Kind::kGiveUp, doubt, {}, false, false};
}

}  // namespace

TransferEnd transfer(const TransferRequest& request, PartialFile& file) {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  std::unique_ptr<CURL, CloseEasy> curl(curl_easy_init());
  if (kReady != CURLE_OK || !curl)
    return {TransferEnd::Kind::kGiveUp, "libcurl could not be started", {}, false, false};
  char why[CURL_ERROR_SIZE] = "";
  bool same_place = file.origin().url == request.url && !file.origin().validator.empty();
  if (file.size() && !request.trust.digest_known && !same_place)
    if (Status s = file.restart(); !s)
      return {TransferEnd::Kind::kOurs, "", s.error(), false, false};
  Call call{request, file, curl.get(), file.size(), 0, "", "", false, std::nullopt, {}};
  std::string range = file.size() ? std::to_string(file.size()) + "-" : "";
  set_options(call, range, why);
  bool conditional = file.size() && !request.trust.digest_known;
  HeaderList headers = set_access_header(curl.get(), request.url,
                                         conditional ? "If-Range: " + file.origin().validator : "");
  CURLcode result = curl_easy_perform(curl.get());
  return end_of(call, result, why);
}

}  // namespace mlpgen::tool
