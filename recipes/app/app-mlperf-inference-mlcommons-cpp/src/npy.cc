// NumPy's .npy file -> type, shape and samples, read by number.
#include "npy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "failure.h"
#include "ort_abi.h"

namespace mlpgen {
namespace {

const char* const kHelp = "write it with numpy.save from a C-ordered float32, uint8 or int64 array";

size_t element_bytes(int type) {
  switch (type) {
    case ort::kUint8:
      return 1;
    case ort::kInt64:
      return 8;
    default:
      return 4;
  }
}

// The text after `'key':` in the header's Python dictionary.
std::string_view value_of(std::string_view dict, std::string_view key, const std::string& name) {
  const std::string quoted = std::string("'").append(key).append("':");
  size_t at = dict.find(quoted);
  if (at == std::string_view::npos)
    throw Failure(name + ": the .npy header has no '" + std::string(key) + "'", kHelp);
  at = dict.find_first_not_of(' ', at + quoted.size());
  return at == std::string_view::npos ? std::string_view() : dict.substr(at);
}

int parse_type(std::string_view text, const std::string& name) {
  if (text.starts_with("'<f4'")) return ort::kFloat;
  if (text.starts_with("'|u1'")) return ort::kUint8;
  if (text.starts_with("'<i8'")) return ort::kInt64;
  const std::string found(text.substr(0, std::min(text.find(','), size_t{12})));
  throw Failure(name + ": element type " + found + " is not one that the harness reads", kHelp);
}

std::vector<int64_t> parse_shape(std::string_view text, const std::string& name) {
  std::vector<int64_t> shape;
  const size_t end = text.find(')');
  if (!text.starts_with("(") || end == std::string_view::npos)
    throw Failure(name + ": the .npy header has no shape", kHelp);
  int64_t number = -1;
  for (char c : text.substr(1, end)) {
    if (c >= '0' && c <= '9') {
      number = std::max<int64_t>(number, 0) * 10 + (c - '0');
      if (number > int64_t{1} << 40) throw Failure(name + ": an axis is too long", kHelp);
    } else if (c == ',' || c == ')') {
      if (number >= 0) shape.push_back(number);
      number = -1;
    } else if (c != ' ') {
      throw Failure(name + ": the .npy header has no shape", kHelp);
    }
  }
  return shape;
}

// The dictionary of the header and, in `offset`, where the data begins.
std::string_view find_dict(std::string_view bytes, const std::string& name, size_t& offset) {
  if (bytes.size() < 12 || !bytes.starts_with("\x93NUMPY"))
    throw Failure(name + " is no .npy file", kHelp);
  auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<unsigned char>(bytes[i])); };
  const size_t version = byte(6);
  if (version < 1 || version > 3)
    throw Failure(name + ": version " + std::to_string(version) + " of .npy is unknown", kHelp);
  const size_t start = version == 1 ? 10 : 12;
  size_t length = byte(8) | byte(9) << 8;
  if (version > 1) length |= byte(10) << 16 | byte(11) << 24;
  if (start + length > bytes.size()) throw Failure(name + ": the .npy header is cut short", kHelp);
  offset = start + length;
  return bytes.substr(start, length);
}

}  // namespace

size_t SampleType::bytes() const {
  size_t n = element_bytes(type);
  for (int64_t axis : shape) n *= static_cast<size_t>(axis);
  return n;
}

NpyHeader parse_npy_header(std::string_view bytes, const std::string& name) {
  NpyHeader header;
  const std::string_view dict = find_dict(bytes, name, header.offset);
  header.sample.type = parse_type(value_of(dict, "descr", name), name);
  if (!value_of(dict, "fortran_order", name).starts_with("False"))
    throw Failure(name + " is in Fortran order", kHelp);
  std::vector<int64_t> shape = parse_shape(value_of(dict, "shape", name), name);
  if (shape.size() < 2 || std::count(shape.begin(), shape.end(), 0))
    throw Failure(name + " holds no samples: its shape must be [n, ...]", kHelp);
  header.count = static_cast<size_t>(shape.front());
  header.sample.shape.assign(shape.begin() + 1, shape.end());
  return header;
}

NpyFile::NpyFile(std::string path) : path_(std::move(path)) {
  fd_ = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  if (fd_ < 0 || fstat(fd_, &info) != 0)
    throw Failure("cannot open " + path_ + ": " + std::strerror(errno), "look at --data");
  try {
    std::string start(std::min<size_t>(static_cast<size_t>(info.st_size), 65536), '\0');
    const ssize_t got = pread(fd_, start.data(), start.size(), 0);
    if (got < 0) throw Failure("cannot read " + path_ + ": " + std::strerror(errno));
    header_ = parse_npy_header(std::string_view(start).substr(0, static_cast<size_t>(got)), path_);
    const size_t wanted = header_.offset + header_.count * header_.sample.bytes();
    if (static_cast<size_t>(info.st_size) != wanted)
      throw Failure(path_ + " has " + std::to_string(info.st_size) + " bytes, its header says " +
                        std::to_string(wanted),
                    "make the file again");
  } catch (...) {
    close(fd_);
    throw;
  }
}

NpyFile::~NpyFile() {
  if (fd_ >= 0) close(fd_);
}

NpyFile::NpyFile(NpyFile&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      header_(std::move(other.header_)) {}

void NpyFile::read(size_t index, std::byte* to) const {
  const size_t bytes = header_.sample.bytes();
  const size_t start = header_.offset + index * bytes;
  for (size_t done = 0; done < bytes;) {
    const ssize_t got = pread(fd_, to + done, bytes - done, static_cast<off_t>(start + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      throw Failure("cannot read sample " + std::to_string(index) + " of " + path_ + ": " +
                    (got < 0 ? std::strerror(errno) : "the file is cut short"));
    done += static_cast<size_t>(got);
  }
}

}  // namespace mlpgen
