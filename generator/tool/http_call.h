// What all calls of libcurl have in common: their options, and what their end means.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

namespace mlpgen::tool {

// Only http, https and file; redirects to http and https alone; a server that is silent for
// `stall_seconds` ends the call; certificates of CURL_CA_BUNDLE or SSL_CERT_FILE. libcurl writes a
// failure's sentence to `why`, CURL_ERROR_SIZE bytes that live as long as the handle is used.
void set_call_options(CURL* curl, unsigned stall_seconds, char* why);

struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeHeaders>;

// Sends what access_header.h knows for this URL, and `more` where it is not "". Another host never
// gets it: with a header that libcurl would pass on, a redirect is not followed. The list must live
// as long as the call.
HeaderList set_access_header(CURL* curl, const std::string& url, const std::string& more = "");

struct CallFault {
  std::string why;        // a sentence
  bool may_pass = false;  // the same call may bring the file later
};

// How a call failed; nothing where it brought the file.
std::optional<CallFault> call_fault(CURL* curl, CURLcode result, const char* why,
                                    unsigned stall_seconds);

// Whether the answer is a web page: "sign in", say, in place of a file.
bool sends_web_page(CURL* curl);
inline constexpr const char* kSentElsewhere =
    "the server wants the header of MLPGEN_HEADER to go elsewhere; what the login gave may have ended";
inline constexpr const char* kWebPage = "the server sent a web page, not the file";

}  // namespace mlpgen::tool
