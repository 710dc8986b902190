// One write for each line, so that lines never mix.
#include "file/progress_note.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <string>

namespace mlpgen {

void note_progress(uint64_t done, uint64_t total, const char* unit) {
  const char* path = std::getenv(kProgressVariable);
  if (path == nullptr || *path == '\0') return;
  int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (fd < 0) return;
  struct timespec now {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  std::string line =
      "{\"event\":\"progress\",\"done\":" + std::to_string(done) +
      ",\"total\":" + (total ? std::to_string(total) : "null") + ",\"unit\":\"" + unit +
      "\",\"monotonic_ns\":" + std::to_string(now.tv_sec * 1'000'000'000LL + now.tv_nsec) + "}\n";
  [[maybe_unused]] ssize_t n = write(fd, line.data(), line.size());
  close(fd);
}

}  // namespace mlpgen
