// libcurl's options and answers.
#include "tool/list_call.h"

#include "base/text.h"

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

ListCallEnd answer_end(long code) {
  ListCallEnd end{"the server answered " + std::to_string(code), false, false};
  end.may_pass = code >= 500 || code == 408 || code == 425 || code == 429;
  if (code == 404 || code == 410) end.why += " (there is no such file)";
  if (code == 401 || code == 403) end.why += " (it does not let you read this)";
  return end;
}

// A page that says "sign in" would be taken for a file of which nobody knows the digest.
bool sends_web_page(const ListSlot& slot, const ListJob& job) {
  char* type = nullptr;
  curl_easy_getinfo(slot.easy, CURLINFO_CONTENT_TYPE, &type);
  bool wanted = !job.sha256.empty() || lower(job.name).find(".htm") != std::string::npos;
  return !wanted && type && lower(type).starts_with("text/html");
}

}  // namespace

void set_list_options(ListSlot& slot, const ListLimits& limits) {
  CURL* easy = slot.easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &slot);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https,file");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 10L);
  curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "mlpgen");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, 30L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.stall_seconds));
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot.why);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_list_block);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &slot);
}

ListCallEnd call_end(const ListSlot& slot, const ListJob& job, CURLcode code,
                     unsigned stall_seconds) {
  if (code == CURLE_HTTP_RETURNED_ERROR) {
    long answer = 0;
    curl_easy_getinfo(slot.easy, CURLINFO_RESPONSE_CODE, &answer);
    return answer_end(answer);
  }
  if (code == CURLE_OPERATION_TIMEDOUT)
    return {"no byte came for " + std::to_string(stall_seconds) + " s", true, false};
  bool for_ever = code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ||
                  code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_FILE_COULDNT_READ_FILE ||
                  code == CURLE_PEER_FAILED_VERIFICATION;
  if (code != CURLE_OK) return {*slot.why ? slot.why : curl_easy_strerror(code), !for_ever, false};
  if (sends_web_page(slot, job)) return {"the server sent a web page, not the file", false, false};
  return {};
}

}  // namespace mlpgen::tool
