// A file descriptor that is closed at the end of its block.
#pragma once

#include <unistd.h>

namespace mlpgen {

struct Descriptor {
  explicit Descriptor(int number) : fd(number) {}
  ~Descriptor() { close_now(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void close_now() {
    if (fd >= 0) close(fd);
    fd = -1;
  }

  int fd;  // -1: none
};

}  // namespace mlpgen
