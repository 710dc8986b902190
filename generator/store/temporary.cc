// A folder made under a fresh name and removed with all that is in it.
#include "store/temporary.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "file/file.h"
#include "store/readable.h"

namespace mlpgen {
namespace {

constexpr time_t kAbandonedAfter =
    24 * 3600;  // seconds; longer than any fetch keeps a folder unchanged

void remove_abandoned(const std::string& parent) {
  std::error_code ignored;
  Result<std::vector<std::string>> names = names_in(parent);
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    std::string path = parent + "/" + name;
    struct stat st {};
    if (stat(path.c_str(), &st) == 0 && st.st_mtime + kAbandonedAfter < time(nullptr))
      std::filesystem::remove_all(path, ignored);
  }
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::make(const std::string& parent) {
  static std::atomic<unsigned> count{0};
  if (Status s = make_directories(parent); !s) return s.error();
  remove_abandoned(parent);
  for (;;) {
    std::string path = parent + "/" + std::to_string(getpid()) + "-" + std::to_string(count++);
    if (mkdir(path.c_str(), 0755) == 0) return TemporaryFolder(path);
    if (errno != EEXIST)
      return named_error("store-not-writable", path + " cannot be made: " + std::strerror(errno),
                         "free some space there or set MLPGEN_STORE to another folder");
  }
}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace mlpgen
