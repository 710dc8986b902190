// SHA-256 through OpenSSL.
#include "file/digest.h"

#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "file/file.h"

namespace mlpgen {
namespace {

EVP_MD_CTX* as_context(void* p) { return static_cast<EVP_MD_CTX*>(p); }

// Looked up once: each look-up costs as much as the hash of a short text. In a library context of
// our own OpenSSL reads no openssl.cnf, which has no say in a digest.
const EVP_MD* algorithm() {
  static EVP_MD* const sha = EVP_MD_fetch(OSSL_LIB_CTX_new(), "SHA256", nullptr);
  return sha;
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(as_context(context_), algorithm(), nullptr);
}

Sha256::~Sha256() { EVP_MD_CTX_free(as_context(context_)); }

void Sha256::update(std::string_view bytes) {
  EVP_DigestUpdate(as_context(context_), bytes.data(), bytes.size());
}

void Sha256::field(std::string_view bytes) {
  char head[24];
  char* end = std::to_chars(head, head + sizeof head - 1, bytes.size()).ptr;
  *end++ = ':';
  update({head, static_cast<size_t>(end - head)});
  update(bytes);
}

std::string Sha256::hex() {
  unsigned char raw[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(as_context(context_), raw, &size);
  static const char* digits = "0123456789abcdef";
  std::string out(size_t{size} * 2, '0');
  for (size_t i = 0; i < size; ++i) {
    out[2 * i] = digits[raw[i] >> 4];
    out[2 * i + 1] = digits[raw[i] & 15];
  }
  return out;
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

Result<std::string> sha256_file(const std::string& path) {
  Result<int> opened = open_to_read(path);
  if (!opened) return opened.error();
  int fd = *opened;
  Sha256 hash;
  char buffer[1 << 16];  // most files are small: a larger one takes longer to get than they to read
  for (;;) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      int why = errno;
      close(fd);
      return Error{path + " cannot be read: " + std::strerror(why), "", why};
    }
    if (n == 0) break;
    hash.update({buffer, static_cast<size_t>(n)});
  }
  close(fd);
  return hash.hex();
}

bool is_hex(std::string_view text, size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

bool is_sha256(std::string_view text) { return is_hex(text, 64); }

}  // namespace mlpgen
