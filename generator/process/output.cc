// Reading until the program has ended.
#include "process/output.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "process/guarded.h"
#include "process/spawn.h"

namespace mlpgen {
namespace {

Result<Outcome> wait_for(pid_t process, const std::string& program) {
  Outcome outcome;
  while (waitpid(process, &outcome.wait_status, 0) < 0)
    if (errno != EINTR) return cannot_be(program, "waited for", errno);
  return outcome;
}

}  // namespace

Result<Outcome> run_program(const Command& command,
                            const std::function<void(std::string_view)>& output, int err) {
  Pipe pipe;
  if (!pipe.open()) return cannot_be(command.argv[0], "started", errno);
  pid_t process = 0;
  int why = spawn({command, pipe.ends[1], err < 0 ? pipe.ends[1] : err}, process);
  if (why) return cannot_be(command.argv[0], "started", why);
  pipe.close_end(1);
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = read(pipe.ends[0], buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return cannot_be(command.argv[0], "listened to", errno);
    if (n == 0) break;
    output({buffer, static_cast<size_t>(n)});
  }
  return wait_for(process, command.argv[0]);
}

Result<Outcome> run_program(const Command& command, int out, int err) {
  pid_t process = 0;
  if (int why = spawn({command, out, err}, process))
    return cannot_be(command.argv[0], "started", why);
  return wait_for(process, command.argv[0]);
}

Result<Output> run_command(const std::vector<std::string>& argv, int seconds) {
  Output out;
  Command command{argv, environment_with({{"LC_ALL", "C.UTF-8"}}), {}, "", seconds, kMostOutput};
  Result<Outcome> done = run_guarded(command, [&](std::string_view text) { out.text += text; });
  if (!done) return done.error();
  if (done->interrupted_by) end_by_signal(done->interrupted_by);
  out.too_long = done->too_long;
  if (done->too_long || done->too_much) return out;
  int status = done->wait_status;
  if (WIFSIGNALED(status))
    out.signal = WTERMSIG(status);
  else
    out.status = WEXITSTATUS(status);
  return out;
}

}  // namespace mlpgen
