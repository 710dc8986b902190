// What all calls of libcurl have in common: their options, and what their end means.
#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>

namespace mlpgen::tool {

// Only http, https and file; redirects to http and https alone; a server that is silent for
// `stall_seconds` ends the call; certificates of CURL_CA_BUNDLE or SSL_CERT_FILE. libcurl writes a
// failure's sentence to `why`, CURL_ERROR_SIZE bytes that live as long as the handle is used.
void set_call_options(CURL* curl, unsigned stall_seconds, char* why);

struct CallFault {
  std::string why;        // a sentence
  bool may_pass = false;  // the same call may bring the file later
};

// How a call failed; nothing where it brought the file.
std::optional<CallFault> call_fault(CURL* curl, CURLcode result, const char* why,
                                    unsigned stall_seconds);

// Whether the answer is a web page: "sign in", say, in place of a file.
bool sends_web_page(CURL* curl);
inline constexpr const char* kWebPage = "the server sent a web page, not the file";

}  // namespace mlpgen::tool
