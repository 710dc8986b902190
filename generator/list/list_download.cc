// libcurl's multi interface: a queue of calls, a slot for each connection.
#include "list/list_download.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>

#include "fetch/continued.h"
#include "fetch/git_blob.h"
#include "fetch/url_list.h"
#include "list/list_call.h"
#include "list/list_keeper.h"
#include "text/text.h"
#include "text/units.h"

namespace mlpgen::tool {
namespace {

using ListClock = std::chrono::steady_clock;
constexpr int kPollMs = 50;
constexpr unsigned kKeepers = 8;

// Bytes of another digest than the file must have; an empty `why` where they are the right ones.
ListCallEnd other_bytes(const ListJob& job, const std::string& sha256, PartialFile& file) {
  auto differ = [](const std::string& what, const std::string& is, const std::string& expected) {
    bool wrong = !expected.empty() && is != lower(expected);
    return wrong ? ListCallEnd{"its " + what + " is " + is + ", expected is " + lower(expected),
                               false, true}
                 : ListCallEnd{};
  };
  if (job.size && file.size() != job.size)
    return {"it has " + std::to_string(file.size()) + " bytes, expected are " +
                std::to_string(job.size),
            false, true};
  ListCallEnd end = differ("SHA-256", sha256, job.sha256);
  if (end.why.empty() && !job.md5.empty()) end = differ("MD5", file.md5(), job.md5);
  if (end.why.empty() && !job.git_blob.empty())
    end = differ("Git blob's SHA-1", blob_id(file.path()), job.git_blob);
  return end;
}

class ListDownload {
 public:
  ListDownload(std::vector<ListJob> jobs, const ListLimits& limits, std::string shown_name,
               const ListArrived& arrived)
      : jobs_(std::move(jobs)),
        limits_(limits),
        shown_name_(std::move(shown_name)),
        arrived_(arrived) {}
  ~ListDownload();
  ListDownload(const ListDownload&) = delete;
  ListDownload& operator=(const ListDownload&) = delete;

  Result<std::vector<ListFailure>> run();

 private:
  Status open();
  Status fill();
  Status begin(ListSlot& slot, ListCall call);
  Result<bool> take_finished();  // whether there was one
  Status finish(ListSlot& slot, CURLcode code);
  void keep(ListSlot& slot, const std::string& digest);
  void give_up(ListSlot& slot, const ListCallEnd& end);
  void show(bool last);

  std::vector<ListJob> jobs_;
  ListLimits limits_;
  std::string shown_name_;
  const ListArrived& arrived_;
  CURLM* multi_ = nullptr;
  std::vector<std::unique_ptr<ListSlot>> slots_;
  std::multimap<ListClock::time_point, ListCall> queue_;  // by the time before which it must wait
  std::vector<ListFailure> failures_;
  size_t done_ = 0, busy_ = 0;
  uint64_t bytes_ = 0, shown_bytes_ = 0;
  ListClock::time_point shown_ = ListClock::now();
  ListKeeper keeper_{kKeepers};  // last, so that its threads end first
};

ListDownload::~ListDownload() {
  for (const auto& slot : slots_) {
    if (slot->busy) curl_multi_remove_handle(multi_, slot->easy);
    if (slot->file && slot->busy) slot->file->remove();
    if (slot->easy) curl_easy_cleanup(slot->easy);
  }
  if (multi_) curl_multi_cleanup(multi_);
}

Status ListDownload::open() {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  multi_ = kReady == CURLE_OK ? curl_multi_init() : nullptr;
  size_t count = std::min<size_t>(limits_.connections, jobs_.size());
  for (size_t i = 0; multi_ && i < count; ++i) {
    slots_.push_back(std::make_unique<ListSlot>());
    slots_[i]->easy = curl_easy_init();
    slots_[i]->bytes = &bytes_;
    if (!slots_[i]->easy) break;
    set_list_options(*slots_[i]);
  }
  bool ready = multi_ && (slots_.empty() || slots_.back()->easy);
  if (!ready) return named_error("not-fetched", "libcurl could not be started", "try it again");
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(limits_.connections));
  for (size_t i = 0; i < jobs_.size(); ++i)
    queue_.emplace(ListClock::time_point::min(), ListCall{i, 0, 0});
  return Done{};
}

Status ListDownload::begin(ListSlot& slot, ListCall call) {
  const ListJob& job = jobs_[call.job];
  Result<PartialFile> file = PartialFile::open(job.partial, !job.md5.empty());
  if (!file) return file.error();
  if (file->size() > 0)
    if (Status s = file->restart(); !s) return s;
  slot.file.emplace(std::move(*file));
  slot.call = std::move(call);
  slot.call.continued = times_continued();
  *slot.why = '\0';
  curl_easy_setopt(slot.easy, CURLOPT_URL, job.urls[slot.call.url].c_str());
  slot.most_bytes = job.size ? job.size : job.digest_known() ? INT64_MAX : limits_.max_bytes;
  slot.too_many = false;
  curl_easy_setopt(slot.easy, CURLOPT_MAXFILESIZE_LARGE,
                   static_cast<curl_off_t>(slot.most_bytes));  // as the server announces it
  set_call_trust(slot.easy, job.urls[slot.call.url], {job.digest_known(), limits_.stall_seconds});
  slot.headers = set_access_header(slot.easy, job.urls[slot.call.url]);
  curl_multi_add_handle(multi_, slot.easy);
  slot.busy = true;
  ++busy_;
  return Done{};
}

Status ListDownload::fill() {
  for (const auto& slot : slots_) {
    if (queue_.empty() || queue_.begin()->first > ListClock::now()) break;
    if (slot->busy) continue;
    ListCall call = std::move(queue_.begin()->second);
    queue_.erase(queue_.begin());
    if (Status s = begin(*slot, std::move(call)); !s) return s;
  }
  return Done{};
}

// To the same URL again later, to the next one, or not at all.
void ListDownload::give_up(ListSlot& slot, const ListCallEnd& end) {
  const ListJob& job = jobs_[slot.call.job];
  ListCall next = slot.call;
  if (end.may_pass && times_continued() != next.continued) {
    queue_.emplace(ListClock::time_point::min(), next);
    return;
  }
  unsigned failed = ++next.failed;
  if (end.may_pass && failed < limits_.tries) {
    unsigned ms = std::min(limits_.pause_ms << std::min(failed - 1, 10U), 10'000U);
    queue_.emplace(ListClock::now() + std::chrono::milliseconds(ms), next);
    return;
  }
  std::string tried =
      end.may_pass ? " (tried " + std::to_string(limits_.tries) + " times)" : std::string();
  next.why += (next.why.empty() ? "" : "; ") + job.urls[next.url] + ": " + end.why + tried;
  next.failed = 0;
  if (++next.url < job.urls.size())
    queue_.emplace(ListClock::time_point::min(), next);
  else
    failures_.push_back({job.index, next.why, end.digest_differs});
}

void ListDownload::keep(ListSlot& slot, const std::string& digest) {
  ++done_;
  auto file = std::make_shared<PartialFile>(std::move(*slot.file));
  keeper_.add([this, &job = jobs_[slot.call.job], file, digest] {
    Status kept = arrived_(job, *file, digest);
    file->remove();
    return kept;
  });
}

Status ListDownload::finish(ListSlot& slot, CURLcode code) {
  curl_multi_remove_handle(multi_, slot.easy);
  slot.busy = false;
  --busy_;
  if (slot.ours) return *slot.ours;
  const ListJob& job = jobs_[slot.call.job];
  ListCallEnd end = call_end(slot, job, code, limits_.stall_seconds);
  std::string digest = end.why.empty() ? slot.file->sha256() : "";
  if (end.why.empty()) end = other_bytes(job, digest, *slot.file);
  if (end.why.empty()) {
    keep(slot, digest);
  } else {
    give_up(slot, end);
    slot.file->remove();
  }
  slot.file.reset();
  return Done{};
}

Result<bool> ListDownload::take_finished() {
  int left = 0;
  bool any = false;
  while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    ListSlot* slot = nullptr;
    CURLcode code = message->data.result;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
    if (Status s = finish(*slot, code); !s) return s.error();
    any = true;
  }
  return any;
}

void ListDownload::show(bool last) {
  double seconds = std::chrono::duration<double>(ListClock::now() - shown_).count();
  if (seconds < 1 && !last) return;
  double rate = static_cast<double>(bytes_ - shown_bytes_) / seconds;
  std::string speed = last ? "" : ", " + readable_bytes(static_cast<uint64_t>(rate)) + "/s";
  std::fprintf(stderr, "%s: %zu of %zu files, %s%s\n", shown_name_.c_str(), done_, jobs_.size(),
               readable_bytes(bytes_).c_str(), speed.c_str());
  shown_ = ListClock::now();
  shown_bytes_ = bytes_;
}

Result<std::vector<ListFailure>> ListDownload::run() {
  if (Status s = open(); !s) return s.error();
  while ((busy_ > 0 || !queue_.empty()) && failures_.size() < limits_.failures) {
    if (Status s = fill(); !s) return s.error();
    int running = 0;
    curl_multi_perform(multi_, &running);
    Result<bool> finished = take_finished();
    if (!finished) return finished.error();
    show(false);
    if (!*finished) curl_multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
  }
  if (Status s = keeper_.wait(); !s) return s.error();
  show(true);
  return failures_;
}

}  // namespace

Result<std::vector<ListFailure>> download_list(std::vector<ListJob> jobs, const ListLimits& limits,
                                               const std::string& shown_name,
                                               const ListArrived& arrived) {
  return ListDownload(std::move(jobs), limits, shown_name, arrived).run();
}

}  // namespace mlpgen::tool
