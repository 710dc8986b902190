// A slot's connection and the end of its call.
#include "tool/list_call.h"

#include "base/text.h"
#include "tool/http_call.h"

namespace mlpgen::tool {
namespace {

size_t on_list_block(char* data, size_t, size_t size, void* user) {
  ListSlot& slot = *static_cast<ListSlot*>(user);
  if (Status s = slot.file->append({data, size}); !s) {
    slot.ours = s.error();
    return 0;
  }
  *slot.bytes += size;
  return size;
}

// A page that says "sign in" would be taken for a file of which nobody knows the digest.
bool is_web_page(const ListSlot& slot, const ListJob& job) {
  bool wanted = !job.sha256.empty() || lower(job.name).find(".htm") != std::string::npos;
  return !wanted && sends_web_page(slot.easy);
}

}  // namespace

void set_list_options(ListSlot& slot, const ListLimits& limits) {
  CURL* easy = slot.easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &slot);
  set_call_options(easy, limits.stall_seconds, slot.why);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_list_block);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &slot);
}

ListCallEnd call_end(const ListSlot& slot, const ListJob& job, CURLcode code,
                     unsigned stall_seconds) {
  if (std::optional<CallFault> fault = call_fault(slot.easy, code, slot.why, stall_seconds))
    return {fault->why, fault->may_pass, false};
  if (is_web_page(slot, job)) return {kWebPage, false, false};
  return {};
}

}  // namespace mlpgen::tool
