// Standard output at a program's two ends.
#include "file/standard_output.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <string>

namespace mlpgen {
namespace {

// Writes to descriptor 1 and keeps the errno of the first write that failed.
class StandardOutput : public std::streambuf {
 public:
  StandardOutput() { setp(held_.data(), held_.data() + held_.size()); }
  int fault() const { return fault_; }

  // A network file system and a quota may report only when a descriptor is closed. An output that
  // was closed from the start and had nothing to take is no fault.
  void finish() {
    sync();
    int copy = fault_ ? -1 : dup(STDOUT_FILENO);
    if (copy >= 0 && close(copy) != 0) fault_ = errno;
  }

 protected:
  int overflow(int next) override {
    if (sync() != 0) return traits_type::eof();
    if (next != traits_type::eof()) sputc(static_cast<char>(next));
    return traits_type::not_eof(next);
  }

  int sync() override {
    const char* at = pbase();
    while (!fault_ && at < pptr()) {
      ssize_t n = write(STDOUT_FILENO, at, static_cast<size_t>(pptr() - at));
      if (n < 0 && errno != EINTR) fault_ = errno;
      if (n > 0) at += n;
    }
    setp(held_.data(), held_.data() + held_.size());
    return fault_ ? -1 : 0;
  }

 private:
  std::array<char, 1 << 16> held_;
  int fault_ = 0;
};

StandardOutput& standard_output() {
  static auto* const kOutput = new StandardOutput;  // std::cout outlives every static object
  return *kOutput;
}

}  // namespace

void hold_standard_output() {
  std::cout.rdbuf(&standard_output());
  if (isatty(STDOUT_FILENO)) std::cout << std::unitbuf;  // a person sees each line when it is made
}

int finish_standard_output(int code) {
  standard_output().finish();
  int fault = standard_output().fault();
  if (fault == 0) return code;
  std::cerr << "error: standard output could not be written: " << std::strerror(fault)
            << "  [unwritable-output]\nhelp: "
            << (fault == ENOSPC ? "free some space on the disk below the file that takes the output"
                                : "check where the output goes")
            << ", then run the same command again\n";
  return code == 0 ? 1 : code;
}

}  // namespace mlpgen
