// SHA-1 through OpenSSL.
#include "file/sha1.h"

#include <openssl/sha.h>

namespace mlpgen {

std::string sha1(std::string_view bytes) {
  unsigned char raw[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), raw);
  std::string out;
  for (unsigned char byte : raw) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

}  // namespace mlpgen
