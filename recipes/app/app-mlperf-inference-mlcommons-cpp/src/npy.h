// NumPy's .npy file -> type, shape and samples, read by number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

// What one sample is: element type (ort::ElementType) and shape without the first axis.
struct SampleType {
  int type = 0;
  std::vector<int64_t> shape;

  size_t bytes() const;
  bool operator==(const SampleType&) const = default;
};

struct NpyHeader {
  SampleType sample;
  size_t count = 0;   // length of the first axis
  size_t offset = 0;  // where the data begins, in bytes
};

// Reads the header at the start of a file; `name` is for messages. Versions 1 to 3 of the format,
// little-endian float32, uint8 and int64 in C order. Throws Failure.
NpyHeader parse_npy_header(std::string_view bytes, const std::string& name);

// One .npy file of shape [n, ...]: n samples.
//
// Samples are read, not mapped: pages of a mapping would count as memory of the harness beside the
// copy that LoadGen asked for, and a file cut short would end the program without a message.
class NpyFile {
 public:
  explicit NpyFile(std::string path);  // throws Failure
  ~NpyFile();
  NpyFile(NpyFile&& other) noexcept;
  NpyFile(const NpyFile&) = delete;
  NpyFile& operator=(const NpyFile&) = delete;
  NpyFile& operator=(NpyFile&&) = delete;

  const NpyHeader& header() const { return header_; }
  const std::string& path() const { return path_; }

  // Copies sample `index` to `to`, which has room for header().sample.bytes().
  void read(size_t index, std::byte* to) const;

 private:
  std::string path_;
  int fd_ = -1;
  NpyHeader header_;
};

}  // namespace mlpgen
