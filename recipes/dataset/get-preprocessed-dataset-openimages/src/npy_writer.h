// Samples one after another -> NumPy's .npy file of shape [n, ...], written beside and renamed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mlpgen {

class NpyWriter {
 public:
  // `shape` is the whole array's: [n, ...]; the elements are little-endian float32 in C order.
  // Throws std::runtime_error when the file cannot be made as large as that.
  NpyWriter(const std::string& path, const std::vector<int64_t>& shape);
  ~NpyWriter();  // removes what was written unless finish() was called
  NpyWriter(const NpyWriter&) = delete;
  NpyWriter& operator=(const NpyWriter&) = delete;

  // Writes sample `index`; `bytes` is one sample's. Several threads may write different samples.
  void write(size_t index, const void* data, size_t bytes);

  // Gives the file its name. Throws std::runtime_error.
  void finish();

 private:
  std::string path_;
  std::string partial_;  // the name while it is written
  size_t offset_ = 0;    // where the data begins, in bytes
  int fd_ = -1;
};

// The .npy header (version 1.0) for float32 in C order, a multiple of 64 bytes as NumPy writes it.
std::string npy_header(const std::vector<int64_t>& shape);

}  // namespace mlpgen
