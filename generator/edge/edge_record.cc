// EdgeRecord -> a line of JSON.
#include "edge/edge_record.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "file/file.h"

namespace mlpgen {
namespace {

void append_line(int descriptor, const nlohmann::ordered_json& j) {
  std::string line = j.dump() + "\n";
  if (descriptor < 0) return;
  [[maybe_unused]] ssize_t n = write(descriptor, line.data(), line.size());
}

nlohmann::json moment(const Instant& i) { return nlohmann::json::parse(i.to_json()); }

}  // namespace

int open_edge_records() {
  if (!make_directories(".mlpgen/log").ok()) return -1;
  int fd = open(kEdgeRecords, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);
  // A full disk may have cut the last line; the next one begins on its own.
  char last = '\n';
  off_t size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
  if (size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n') {
    [[maybe_unused]] ssize_t n = write(fd, "\n", 1);
  }
  return fd;
}

void append_event(int descriptor, const Step& step, const char* event, Instant at) {
  append_line(descriptor, {{"event", event},
                           {"name", step.name},
                           {"identity", step.identity},
                           {"mode", to_word(step.mode)},
                           {"pid", getpid()},
                           {"at", moment(at)}});
}

void append_record(int descriptor, const Step& step, const EdgeRecord& record) {
  int status = record.outcome.wait_status;
  nlohmann::ordered_json j;
  j["event"] = "edge";
  j["name"] = step.name;
  j["identity"] = step.identity;
  j["mode"] = to_word(step.mode);
  j["pid"] = getpid();
  j["start"] = moment(record.started);
  j["acquired"] = moment(record.acquired);
  j["released"] = moment(record.released);
  if (WIFSIGNALED(status))
    j["signal"] = WTERMSIG(status);
  else
    j["exit_status"] = WEXITSTATUS(status);
  j["finished"] = record.finished;
  if (record.outcome.interrupted_by) j["interrupted"] = true;
  j["cpu_s"] = record.outcome.cpu_s;
  j["max_rss_kib"] = record.outcome.max_rss_kib;
  append_line(descriptor, j);
}

void append_pause(int descriptor, Instant released, Instant acquired) {
  append_line(descriptor, {{"event", "pause"},
                           {"pid", getpid()},
                           {"released", moment(released)},
                           {"acquired", moment(acquired)}});
}

}  // namespace mlpgen
