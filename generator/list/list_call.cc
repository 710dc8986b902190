// A slot's connection and the end of its call.
#include "list/list_call.h"

#include "fetch/http_call.h"

namespace mlpgen::tool {
namespace {

size_t on_list_block(char* data, size_t, size_t size, void* user) {
  ListSlot& slot = *static_cast<ListSlot*>(user);
  if (slot.file->size() + size > slot.most_bytes) {
    slot.too_many = true;
    return 0;
  }
  if (Status s = slot.file->append({data, size}); !s) {
    slot.ours = s.error();
    return 0;
  }
  *slot.bytes += size;
  return size;
}

}  // namespace

void set_list_options(ListSlot& slot) {
  CURL* easy = slot.easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &slot);
  set_call_options(easy, slot.why);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_list_block);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &slot);
}

ListCallEnd call_end(const ListSlot& slot, const ListJob& job, CURLcode code,
                     unsigned stall_seconds) {
  if (slot.too_many || code == CURLE_FILESIZE_EXCEEDED) {
    std::string expected = "it sends more than the expected " + std::to_string(job.size) + " bytes";
    return {job.size ? expected : too_many_bytes(slot.most_bytes), false, false};
  }
  if (std::optional<CallFault> fault =
          call_fault(slot.easy, code, slot.why, {job.digest_known(), stall_seconds}))
    return {fault->why, fault->may_pass, false};
  if (job.digest_known()) return {};
  return {
      answer_doubt(slot.easy, job.name, slot.file->first_bytes(kTellingBytes), slot.file->size()),
      false, false};
}

}  // namespace mlpgen::tool
