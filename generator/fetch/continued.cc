// A count of SIGCONT.
#include "fetch/continued.h"

#include <signal.h>

#include <atomic>

namespace mlpgen::tool {
namespace {

std::atomic<unsigned> continued;

bool count_from_now_on() {
  struct sigaction count {};
  count.sa_handler = [](int) { ++continued; };
  count.sa_flags = SA_RESTART;
  return sigaction(SIGCONT, &count, nullptr) == 0;
}

}  // namespace

unsigned times_continued() {
  [[maybe_unused]] static const bool kCounts = count_from_now_on();
  return continued;
}

}  // namespace mlpgen::tool
