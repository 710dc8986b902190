// The request of a run directory to and from JSON, and whose it is.
#include "command/run_directory/saved_request.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "command/request/session.h"
#include "file/file.h"
#include "file/sealed.h"

namespace mlpgen {
namespace {

std::string request_file() { return std::string(kStateFolder) + "/request.json"; }

SavedRequest request_of(const nlohmann::json& j) {
  SavedRequest s;
  s.words = j.value("words", s.words);
  s.directory = j.value("directory", "");
  s.path = j.value("path", "");
  s.trusted = j.value("trusted", s.trusted);
  s.lock = j.value("lock", "");
  s.presets = j.value("presets", "");
  s.mirrors = j.value("mirrors", s.mirrors);
  s.offline = j.value("offline", false);
  s.vendor = j.value("vendor", "");
  s.lock_use = lock_use_of(j.value("lock_use", ""));
  return s;
}

struct Open {
  explicit Open(int fd) : number(fd) {}
  ~Open() {
    if (number >= 0) close(number);
  }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  int number;
};

bool is_me(uid_t owner) {
  if (owner == geteuid()) return true;
  const char* caller = geteuid() == 0 ? std::getenv("SUDO_UID") : nullptr;
  return caller && std::to_string(owner) == caller;
}

// The owner of .mlpgen or of the file, where one is another user. Both are open, so that neither
// can be exchanged between the question whose they are and the reading.
std::optional<uid_t> foreign_owner_of(int folder, int file) {
  struct stat st {};
  for (int fd : {folder, file})
    if (fstat(fd, &st) == 0 && !is_me(st.st_uid)) return st.st_uid;
  return std::nullopt;
}

}  // namespace

Result<std::optional<SavedRequest>> read_saved_request() {
  if (!may_be_there(request_file())) return std::optional<SavedRequest>();
  Open folder(open(kStateFolder, O_PATH | O_DIRECTORY | O_CLOEXEC));
  Open file(openat(folder.number, "request.json", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (file.number < 0)
    return Error{request_file() + " cannot be read: " + std::strerror(errno),
                 "check its owner and mode: `ls -l " + request_file() + "`", errno};
  std::optional<uid_t> foreign = foreign_owner_of(folder.number, file.number);
  Result<std::string> text = read_file("/proc/self/fd/" + std::to_string(file.number));
  if (!text)
    return Error{request_file() + " cannot be read", text.error().help, text.error().number};
  const Error damaged{request_file() + " was damaged: the request of this directory is not known",
                      "configure it again with its words: mlpgen configure WORDS"};
  if (!is_sealed(*text)) return damaged;
  try {
    nlohmann::json j = nlohmann::json::parse(*text);
    if (j.at("format") != 1) return damaged;
    SavedRequest saved = request_of(j);
    saved.foreign_owner = foreign;
    return std::optional(std::move(saved));
  } catch (const nlohmann::json::exception&) {
    return damaged;
  }
}

Status write_saved_request(const SavedRequest& r) {
  nlohmann::json j = {{"format", 1},          {"words", r.words},     {"directory", r.directory},
                      {"path", r.path},       {"trusted", r.trusted}, {"lock", r.lock},
                      {"presets", r.presets}, {"mirrors", r.mirrors}, {"offline", r.offline}};
  if (r.lock_use != LockUse::kAsNeeded) j["lock_use"] = to_word(r.lock_use);
  if (!r.vendor.empty()) j["vendor"] = r.vendor;
  Result<bool> written = write_file_if_changed(request_file(), sealed(j.dump(1) + "\n"));
  if (!written) return written.error();
  return Done{};
}

}  // namespace mlpgen
