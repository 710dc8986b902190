// A scan over the URLs of a text.
#include "base/url_secret.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace mlpgen {
namespace {

// Names of parameters whose values let their bearer in: signed links of S3, Google and Azure, tokens, passwords.
constexpr std::array<std::string_view, 24> kSecretNames = {
    "access_key",      "access_token",  "api_key",       "apikey",         "auth",            "auth_token",       "awsaccesskeyid",   "bearer",
    "client_secret",   "id_token",      "jwt",           "passwd",         "password",        "private_token",    "pwd",              "secret",
    "sig",             "signature",     "token",         "x-amz-credential", "x-amz-security-token", "x-amz-signature", "x-goog-credential", "x-goog-signature"};

// Where a URL ends, or a password in one: at a blank, a quote, a control character.
bool ends_url(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`'; }

void hide(std::string& text, size_t begin, size_t end) { std::fill(text.begin() + static_cast<long>(begin), text.begin() + static_cast<long>(end), '*'); }

bool is_web(std::string_view before) {
  std::string scheme = lower(before.substr(before.size() - std::min<size_t>(before.size(), 5)));
  return scheme.ends_with("http") || scheme == "https";
}

// The values of secret parameters from `at`, a '?' or '#', to the end of the URL.
void hide_parameters(std::string& text, size_t at, size_t end) {
  while (at < end) {
    size_t stop = std::min(end, text.find_first_of("&;#?", at + 1));
    size_t equals = text.find('=', at);
    if (equals < stop) {
      std::string name = lower(std::string_view(text).substr(at + 1, equals - at - 1));
      if (std::find(kSecretNames.begin(), kSecretNames.end(), name) != kSecretNames.end()) hide(text, equals + 1, stop);
    }
    at = stop;
  }
}

}  // namespace

std::string without_secrets(std::string_view given) {
  std::string text(given);
  for (size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    if (!is_web(given.substr(0, at))) continue;
    size_t begin = at + 3, end = begin;
    while (end < text.size() && !ends_url(text[end])) ++end;
    size_t host_end = std::min(end, text.find_first_of("/?#", begin));
    size_t sign = std::string_view(text).substr(0, host_end).rfind('@');
    if (sign != std::string::npos && sign > begin) hide(text, begin, sign);
    hide_parameters(text, std::min(end, text.find_first_of("?#", host_end)), end);
  }
  return text;
}

bool has_url_secret(std::string_view text) {
  return text.find("://") != std::string_view::npos && without_secrets(text) != text;
}

}  // namespace mlpgen
