// What all calls of libcurl have in common: their options, and what their end means.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mlpgen::tool {

// How much an answer is trusted. Without a digest nothing but the server says that these are the
// right bytes: then a call never leaves https for http, and must bring 1 kB/s.
struct CallTrust {
  bool digest_known = true;
  unsigned stall_seconds = 60;
};
constexpr unsigned kSlowest = 1000;                  // bytes a second
constexpr uint64_t kMostUnknownBytes = 64ULL << 30;  // of a file whose size nobody said

// Only http, https and file; redirects to http and https alone; certificates of CURL_CA_BUNDLE or
// SSL_CERT_FILE. libcurl writes a failure's sentence to `why`, CURL_ERROR_SIZE bytes that live as
// long as the handle is used.
void set_call_options(CURL* curl, char* why);
// For the next call, of this URL. A server that is slower for `stall_seconds` ends it.
void set_call_trust(CURL* curl, const std::string& url, const CallTrust& trust);

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
  bool slow = false;
};

// How a call failed; nothing where it brought the file.
std::optional<CallFault> call_fault(CURL* curl, CURLcode result, const char* why,
                                    const CallTrust& trust);

// Why the answer to a good call cannot be the file, where no digest will tell: another code than
// 200 and 206, no bytes, a part, a web page that `name` does not ask for. "" where it may be.
// `begin` are the file's first bytes (kTellingBytes), `size` is the number of all that came, in
// this call and before.
std::string answer_doubt(CURL* curl, const std::string& name, std::string_view begin,
                         uint64_t size);
inline constexpr size_t kTellingBytes = 4096;

// Whether the answer says that it is a web page: "sign in", say, in place of a file that is none.
bool sends_web_page(CURL* curl, const std::string& name);
inline constexpr const char* kSentElsewhere =
    "the server wants the header of MLPGEN_HEADER to go elsewhere; the token of the login may have "
    "expired";
std::string too_many_bytes(uint64_t most);  // a sentence: for a body of unknown size
inline constexpr const char* kWebPage = "the server sent a web page, not the file";

}  // namespace mlpgen::tool
