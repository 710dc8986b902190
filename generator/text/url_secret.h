// Passwords and tokens in URLs, which must reach no file and no message.
#pragma once

#include <string>
#include <string_view>

namespace mlpgen {

// The text with each character of a secret in one of its URLs as '*', so that all else keeps its
// place: what stands before the '@' of an http or https URL (of another one the password alone),
// the token of a conda channel (/t/TOKEN/), and the value of a parameter with a secret's name.
std::string without_secrets(std::string_view text);

bool has_url_secret(std::string_view text);

// Whether a parameter or key of this name lets its bearer in: token, HF_TOKEN, X-Amz-Signature.
bool is_secret_name(std::string_view name);

// What to do instead, for a user whose URL has one.
inline constexpr const char* kUrlSecretHelp =
    "leave it out of the URL: MLPGEN_HEADER='https://HOST/=Authorization: ...' in the environment "
    "of ninja sends it to that host alone; or fetch the "
    "file by hand and name its folder by --mirror PREFIX=file:///...";

}  // namespace mlpgen
