// libcurl's options and answers.
#include "fetch/http_call.h"

#include <cstdlib>

#include "fetch/access_header.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr const char* kInsecureRedirect =
    "the server sends the call from https to another protocol, and no digest is known that would "
    "tell whether others changed the bytes on the way";

bool may_be_web_page(const std::string& name) {
  std::string end = lower(name);
  return end.find(".htm") != std::string::npos || end.ends_with(".xhtml");
}

// Without what may stand before a page's first element: blanks, comments, the head of an XML text.
std::string_view first_element(std::string_view text) {
  for (text = trim(text); text.starts_with("<!--") || text.starts_with("<?"); text = trim(text)) {
    std::string_view mark = text.starts_with("<?") ? "?>" : "-->";
    size_t end = text.find(mark);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + mark.size());
  }
  return text;
}

// As browsers tell it, where the server says nothing or another thing. Each character of UTF-16
// has a zero byte here.
bool begins_as_web_page(std::string_view begin) {
  bool wide = begin.starts_with("\xff\xfe") || begin.starts_with("\xfe\xff");
  std::string page(begin.substr(wide ? 2 : begin.starts_with("\xef\xbb\xbf") ? 3 : 0));
  if (wide) std::erase(page, '\0');
  std::string text = lower(first_element(page));
  for (const char* word : {"<!doctype html", "<html", "<head", "<body", "<script", "<title"})
    if (text.starts_with(word)) return true;
  return false;
}

// The whole file's bytes, as a 206 says it: "Content-Range: bytes 5-9/10". 0 where it does not.
uint64_t announced_size(CURL* curl) {
  curl_header* range = nullptr;
  if (curl_easy_header(curl, "Content-Range", 0, CURLH_HEADER, -1, &range) != CURLHE_OK) return 0;
  std::string value = range->value;
  size_t slash = value.find('/');
  return slash == std::string::npos ? 0 : std::strtoull(value.c_str() + slash + 1, nullptr, 10);
}

CallFault answer_fault(long code, const std::string& url) {
  CallFault fault{"the server answered " + std::to_string(code), false, false};
  fault.may_pass = code >= 500 || code == 408 || code == 425 || code == 429;
  if (code == 404 || code == 410) fault.why += " (there is no such file)";
  if (code != 401 && code != 403) return fault;
  std::string help = access_help(url);
  fault.why += " (it does not let you read this" + (help.empty() ? "" : ": " + help) + ")";
  return fault;
}

}  // namespace

void set_call_options(CURL* curl, char* why) {
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,file");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 10L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "mlpgen");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 30L);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
  // The library, unlike the program curl, does not look at these by itself.
  for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
    if (const char* bundle = std::getenv(name); bundle && *bundle) {
      curl_easy_setopt(curl, CURLOPT_CAINFO, bundle);
      break;
    }
}

void set_call_trust(CURL* curl, const std::string& url, const CallTrust& trust) {
  bool stays_secure = !trust.digest_known && lower(url).starts_with("https:");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, stays_secure ? "https" : "http,https");
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT,
                   trust.digest_known ? 1L : static_cast<long>(kSlowest));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(trust.stall_seconds));
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
                                    const CallTrust& trust) {
  long code = 0;
  char* url = nullptr;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
  curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url);
  if (result == CURLE_OK && code >= 300 && code < 400)
    return CallFault{kSentElsewhere, false, false};
  if (result == CURLE_OK) return std::nullopt;
  if (result == CURLE_HTTP_RETURNED_ERROR) return answer_fault(code, url ? url : "");
  if (result == CURLE_OPERATION_TIMEDOUT)
    return CallFault{(trust.digest_known ? "no byte came for " : "under 1 kB/s came for ") +
                         std::to_string(trust.stall_seconds) + " s",
                     true, true};
  if (result == CURLE_UNSUPPORTED_PROTOCOL && code >= 300 && code < 400)
    return CallFault{kInsecureRedirect, false, false};
  bool for_ever = result == CURLE_UNSUPPORTED_PROTOCOL || result == CURLE_URL_MALFORMAT ||
                  result == CURLE_TOO_MANY_REDIRECTS || result == CURLE_FILE_COULDNT_READ_FILE ||
                  result == CURLE_PEER_FAILED_VERIFICATION;
  return CallFault{*why ? why : curl_easy_strerror(result), !for_ever, false};
}

bool sends_web_page(CURL* curl, const std::string& name) {
  char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  std::string said = lower(type ? type : "");
  return !may_be_web_page(name) &&
         (said.starts_with("text/html") || said.starts_with("application/xhtml"));
}

std::string answer_doubt(CURL* curl, const std::string& name, std::string_view begin,
                         uint64_t size) {
  long code = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
  if (code != 200 && code != 206 && code != 0)
    return "the server answered " + std::to_string(code);  // 0: a file
  if (begin.empty()) return "the server sent no bytes";
  if (code == 206 && announced_size(curl) != size)
    return "the server sent a part of the file alone";
  if (sends_web_page(curl, name) || (!may_be_web_page(name) && begins_as_web_page(begin)))
    return kWebPage;
  return "";
}

std::string too_many_bytes(uint64_t most) {
  return "it sends more than " + std::to_string(most) +
         " bytes, and its size is not known; a size in the recipe or lock allows more";
}

}  // namespace mlpgen::tool
