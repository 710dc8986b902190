// vfork and exec.
#include "process/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "text/text.h"

namespace mlpgen {
namespace {

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> out;
  for (const std::string& w : words) out.push_back(const_cast<char*>(w.c_str()));
  out.push_back(nullptr);
  return out;
}

// As the shell finds it; "" where it does not.
std::string path_of(const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  const char* path = std::getenv("PATH");
  for (const std::string& folder : split(path ? path : "/usr/bin:/bin", ':')) {
    std::string file = (folder.empty() ? "." : folder) + "/" + program;
    if (access(file.c_str(), X_OK) == 0) return file;
  }
  return "";
}

// The kernel itself kills this process's group when the last writing end of the pipe is closed:
// runner and guard have then been killed together, and nothing else is left to do it. (What leaves
// the group is found by the next run: machine/lock_holders.h.)
bool die_with(int life) {
  return fcntl(life, F_SETSIG, SIGKILL) == 0 && fcntl(life, F_SETOWN, -getpid()) == 0 &&
         fcntl(life, F_SETFL, O_ASYNC) == 0 && fcntl(life, F_SETFD, 0) == 0;
}

// `from` becomes `to`, and stays open.
bool place(int from, int to) {
  return from == to ? fcntl(to, F_SETFD, 0) == 0 : dup2(from, to) >= 0;
}

// All that the new process needs, since it may make nothing itself.
struct Prepared {
  const Spawn& spawn;
  std::string path;
  std::vector<char*> argv, env;
  int null = -1;
  pid_t parent = 0;
  volatile int why = 0;  // errno, written by the new process
};

// In the new process, whose memory is this one's: nothing but system calls. Never returns.
[[noreturn]] void become(Prepared& p) {
  const Command& command = p.spawn.command;
  if (p.spawn.own_group) setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  bool ready = p.spawn.life < 0 || die_with(p.spawn.life);
  if (getppid() != p.parent) _exit(127);
  signal(SIGPIPE, SIG_DFL);
  ready = ready && place(p.null, 0) && place(p.spawn.out, 1) && place(p.spawn.err, 2);
  for (int fd : command.descriptors) ready = ready && fcntl(fd, F_SETFD, 0) == 0;
  if (!command.directory.empty()) ready = ready && chdir(command.directory.c_str()) == 0;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (ready) execve(p.path.c_str(), p.argv.data(), p.env.data());
  p.why = errno;
  _exit(127);
}

[[gnu::noinline]] pid_t start(Prepared& p) {
  pid_t process = vfork();
  if (process == 0) become(p);
  if (process < 0) p.why = errno;
  return process;
}

}  // namespace

int spawn(const Spawn& spawn, pid_t& process) {
  Prepared p{spawn, path_of(spawn.command.argv[0]), pointers_to(spawn.command.argv),
             pointers_to(spawn.command.env)};
  if (p.path.empty()) return ENOENT;
  p.null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  p.parent = getpid();
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);  // no handler runs twice over the same memory
  process = start(p);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (p.null >= 0) close(p.null);
  if (p.why && process > 0) waitpid(process, nullptr, 0);
  return p.why;
}

bool Pipe::open() { return pipe2(ends, O_CLOEXEC) == 0; }

void Pipe::close_end(int i) {
  if (ends[i] >= 0) close(ends[i]);
  ends[i] = -1;
}

Pipe::~Pipe() {
  close_end(0);
  close_end(1);
}

}  // namespace mlpgen
