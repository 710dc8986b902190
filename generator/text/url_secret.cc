// A scan over the URLs of a text.
#include "text/url_secret.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "text/text.h"

namespace mlpgen {
namespace {

// Names of parameters whose values let their bearer in, in small letters: signed links of S3,
// Google and Azure, keys, tokens, passwords. The last word of a name is one of the first list, or
// all its words together end as one of the second. (The rlkey and resourcekey of a link that is
// public are part of its address.)
constexpr std::array<std::string_view, 15> kSecretWords = {
    "auth", "bearer", "cred", "creds", "hmac", "jwt", "key", "otp",
    "pass", "psk",    "pw",   "pwd",   "sas",  "sid", "sig"};
constexpr std::array<std::string_view, 22> kSecretEnds = {
    "accesskey",   "accesskeyid", "apikey",          "authkey",    "authorization", "credential",
    "credentials", "passcode",    "passkey",         "passphrase", "passwd",        "password",
    "privatekey",  "secret",      "secretkey",       "secrets",    "sessionid",     "sharedkey",
    "signature",   "signingkey",  "subscriptionkey", "token"};
// Tokens that name a page of a list.
constexpr std::array<std::string_view, 3> kOpenEnds = {"continuationtoken", "nexttoken",
                                                       "pagetoken"};

// The first part of a conda channel's path behind which a token stands.
constexpr std::string_view kTokenPath = "/t/";

// Where a URL ends, or a password in one: at a blank, a quote, a control character.
bool ends_url(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '<' || c == '>' ||
         c == '`';
}

void hide(std::string& text, size_t begin, size_t end) {
  std::fill(text.begin() + static_cast<long>(begin), text.begin() + static_cast<long>(end), '*');
}

bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// "X-Amz-Signature", "%74oken" and "password[]" as {x, amz, signature}, {token} and {password}.
std::vector<std::string> words_of(std::string_view name) {
  std::string plain;
  for (size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (c == '%' && i + 2 < name.size() && is_hex(name[i + 1]) && is_hex(name[i + 2])) {
      c = static_cast<char>(std::stoi(std::string(name.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    }
    plain += std::isalnum(static_cast<unsigned char>(c)) ? c : ' ';
  }
  std::vector<std::string> words = split(lower(plain), ' ');
  std::erase(words, "");
  return words;
}

template <size_t kCount>
bool has_end(std::string_view name, const std::array<std::string_view, kCount>& ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return name.ends_with(end); });
}

// The values of secret parameters from `at`, a ';', '?' or '#', to the end of the URL.
void hide_parameters(std::string& text, size_t at, size_t end) {
  while (at < end) {
    size_t stop = std::min(end, text.find_first_of("&;#?", at + 1));
    size_t equals = text.find('=', at);
    if (equals < stop && is_secret_name(std::string_view(text).substr(at + 1, equals - at - 1)))
      hide(text, equals + 1, stop);
    at = stop;
  }
}

// The scheme that ends at `end`: "https" of "get https" and of "git+https".
std::string scheme_before(std::string_view text, size_t end) {
  size_t begin = end;
  while (begin > 0 && std::isalnum(static_cast<unsigned char>(text[begin - 1]))) --begin;
  return lower(text.substr(begin, end - begin));
}

bool is_web(std::string_view scheme) { return scheme == "http" || scheme == "https"; }

// Where the host of a URL begins, its scheme ending before `begin`; npos: that is no URL. With a
// scheme whose URLs have a host, one slash, three or none are a typing error, and what stands
// behind them a host all the same.
size_t begin_of_host(std::string_view text, const std::string& scheme, size_t begin) {
  bool has_host = is_web(scheme) || scheme == "ssh" || scheme == "ftp" || scheme == "sftp";
  if (has_host) return std::min(text.size(), text.find_first_not_of("/\\", begin));
  bool slashes = !scheme.empty() && text.substr(begin).starts_with("//");
  return slashes ? begin + 2 : std::string_view::npos;
}

// Of http and https whatever stands before the '@'; elsewhere, as in ssh://git@host, the password.
void hide_user(std::string& text, bool web, size_t begin, size_t end) {
  size_t sign = std::string_view(text).substr(0, end).rfind('@');
  if (sign == std::string::npos || sign <= begin) return;
  size_t colon = text.find(':', begin);
  if (web)
    hide(text, begin, sign);
  else if (colon < sign)
    hide(text, colon + 1, sign);
}

void hide_token_of_channel(std::string& text, size_t path, size_t end) {
  if (!std::string_view(text).substr(path, end - path).starts_with(kTokenPath)) return;
  size_t begin = path + kTokenPath.size();
  hide(text, begin, std::min(end, text.find_first_of("/?#;", begin)));
}

// One URL that is the whole text, or stands behind a '=' (of a mirror, an argument), ends where the
// text ends, so that a quote in its password is none.
bool is_one_url(std::string_view text, size_t colon) {
  size_t begin = text.substr(0, colon).rfind('=') + 1;
  return std::all_of(text.begin() + static_cast<long>(begin),
                     text.begin() + static_cast<long>(colon),
                     [](unsigned char c) { return std::isalnum(c) || c == '+'; }) &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20; });
}

}  // namespace

bool is_secret_name(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  if (words.empty()) return false;
  std::string all = join(words, "");
  return std::find(kSecretWords.begin(), kSecretWords.end(), words.back()) != kSecretWords.end() ||
         (has_end(all, kSecretEnds) && !has_end(all, kOpenEnds));
}

std::string without_secrets(std::string_view given) {
  std::string text(given);
  for (size_t at = text.find(':'); at != std::string::npos; at = text.find(':', at + 1)) {
    std::string scheme = scheme_before(given, at);
    size_t begin = begin_of_host(text, scheme, at + 1), end = begin;
    if (begin == std::string::npos) continue;
    bool whole = is_one_url(given, at);
    while (end < text.size() && (whole || !ends_url(text[end]))) ++end;
    size_t host_end = std::min(end, text.find_first_of("/?#", begin));
    hide_user(text, is_web(scheme), begin, host_end);
    if (!is_web(scheme)) continue;
    hide_token_of_channel(text, host_end, end);
    hide_parameters(text, std::min(end, text.find_first_of(";?#", host_end)), end);
  }
  return text;
}

bool has_url_secret(std::string_view text) {
  return text.find(':') != std::string_view::npos && without_secrets(text) != text;
}

}  // namespace mlpgen
