// libcurl's options and answers.
#include "tool/http_call.h"

#include <cstdlib>

#include "base/text.h"
#include "tool/access_header.h"

namespace mlpgen::tool {
namespace {

CallFault answer_fault(long code, const std::string& url) {
  CallFault fault{"the server answered " + std::to_string(code), false};
  fault.may_pass = code >= 500 || code == 408 || code == 425 || code == 429;
  if (code == 404 || code == 410) fault.why += " (there is no such file)";
  if (code != 401 && code != 403) return fault;
  std::string help = access_help(url);
  fault.why += " (it does not let you read this" + (help.empty() ? "" : ": " + help) + ")";
  return fault;
}

}  // namespace

void set_call_options(CURL* curl, unsigned stall_seconds, char* why) {
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,file");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 10L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "mlpgen");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 30L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(stall_seconds));
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
  // The library, unlike the program curl, does not look at these by itself.
  for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
    if (const char* bundle = std::getenv(name); bundle && *bundle) {
      curl_easy_setopt(curl, CURLOPT_CAINFO, bundle);
      break;
    }
}

HeaderList set_access_header(CURL* curl, const std::string& url, const std::string& more) {
  std::string access = access_header(url);
  HeaderList list;
  for (const std::string& header : {access, more})
    if (!header.empty()) list.reset(curl_slist_append(list.release(), header.c_str()));
  bool libcurl_keeps_it = lower(access).starts_with("authorization:");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, access.empty() || libcurl_keeps_it ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
  return list;
}

std::optional<CallFault> call_fault(CURL* curl, CURLcode result, const char* why,
                                    unsigned stall_seconds) {
  long code = 0;
  char* url = nullptr;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
  curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url);
  if (result == CURLE_OK && code >= 300 && code < 400)
    return CallFault{kSentElsewhere, false};
  if (result == CURLE_OK) return std::nullopt;
  if (result == CURLE_HTTP_RETURNED_ERROR) return answer_fault(code, url ? url : "");
  if (result == CURLE_OPERATION_TIMEDOUT)
    return CallFault{"no byte came for " + std::to_string(stall_seconds) + " s", true};
  bool for_ever = result == CURLE_UNSUPPORTED_PROTOCOL || result == CURLE_URL_MALFORMAT ||
                  result == CURLE_TOO_MANY_REDIRECTS || result == CURLE_FILE_COULDNT_READ_FILE ||
                  result == CURLE_PEER_FAILED_VERIFICATION;
  return CallFault{*why ? why : curl_easy_strerror(result), !for_ever};
}

bool sends_web_page(CURL* curl) {
  char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  return type && lower(type).starts_with("text/html");
}

}  // namespace mlpgen::tool
