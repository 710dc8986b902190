// OpenSSL's digests.
#include "fetch/published_digest.h"

#include <openssl/evp.h>

namespace mlpgen::tool {
namespace {

EVP_MD_CTX* context_of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

}  // namespace

PublishedDigest::PublishedDigest(Kind kind) : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_of(context_), kind == Kind::kMd5 ? EVP_md5() : EVP_sha1(), nullptr);
}

PublishedDigest::~PublishedDigest() { EVP_MD_CTX_free(context_of(context_)); }

void PublishedDigest::update(std::string_view bytes) {
  EVP_DigestUpdate(context_of(context_), bytes.data(), bytes.size());
}

std::string PublishedDigest::hex() {
  unsigned char raw[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_DigestFinal_ex(context_of(context_), raw, &length);
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    text += "0123456789abcdef"[raw[i] >> 4];
    text += "0123456789abcdef"[raw[i] & 15];
  }
  return text;
}

}  // namespace mlpgen::tool
