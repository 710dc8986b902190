// Maps the plan and searches it.
#include "step/plan_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace mlpgen {
namespace {

constexpr std::string_view kLineStart = "{\"identity\":\"";

std::string_view line_at(std::string_view text, size_t begin) {
  size_t end = text.find('\n', begin);
  return text.substr(begin, end == std::string_view::npos ? end : end - begin);
}

std::string_view identity_in(std::string_view line) {
  if (!line.starts_with(kLineStart)) return {};
  return line.substr(kLineStart.size(), 64);
}

}  // namespace

Result<PlanFile> PlanFile::open(const std::string& path) {
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return Error{path + " cannot be read: " + std::strerror(errno),
                 "run this in a run directory, the one where `mlpgen configure` wrote build.ninja"};
  struct stat st {};
  void* data = nullptr;
  if (fstat(fd, &st) == 0 && st.st_size > 0)
    data = mmap(nullptr, static_cast<size_t>(st.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
  close(fd);
  if (data == MAP_FAILED) return Error{path + " cannot be mapped: " + std::strerror(errno), ""};
  return PlanFile(static_cast<const char*>(data), data ? static_cast<size_t>(st.st_size) : 0);
}

PlanFile::PlanFile(PlanFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

PlanFile::~PlanFile() {
  if (data_) munmap(const_cast<char*>(data_), size_);
}

std::string_view PlanFile::find_plan_line(std::string_view text, std::string_view prefix) {
  size_t low = 0;  // both stand at the beginning of a line
  size_t high = text.size();
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    size_t begin = text.rfind('\n', middle == 0 ? 0 : middle - 1);
    begin = begin == std::string_view::npos || middle == 0 || begin < low ? low : begin + 1;
    std::string_view line = line_at(text, begin);
    std::string_view head = identity_in(line).substr(0, prefix.size());
    if (!head.empty() && head == prefix) return line;
    if (head < prefix)
      low = begin + line.size() + 1;
    else
      high = begin;
  }
  return {};
}

}  // namespace mlpgen
