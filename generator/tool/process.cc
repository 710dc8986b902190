// One child process, its output read to the end.
#include "tool/process.h"

#include <sys/prctl.h>

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/error.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <boost/process/search_path.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>

#include "base/text.h"
#include "base/url_secret.h"

namespace mlpgen::tool {
namespace bp = boost::process;
namespace {

bp::environment changed_environment(const std::map<std::string, std::string>& changes) {
  bp::environment env = boost::this_process::environment();
  for (const auto& [key, value] : changes) {
    if (value.empty())
      env.erase(key);
    else
      env[key] = value;
  }
  return env;
}

// A child that outlives us would go on writing where the next run works.
const auto kDieWithUs = bp::extend::on_exec_setup = [](auto&) { prctl(PR_SET_PDEATHSIG, SIGKILL); };

std::string read_all(bp::ipstream& stream, bool quiet) {
  std::string text, line;
  while (std::getline(stream, line)) {
    text += line + "\n";
    if (!quiet) std::fprintf(stderr, "%s\n", without_secrets(line).c_str());  // git prints where it was redirected to
  }
  return text;
}

}  // namespace

Result<Outcome> run_process(const Command& command) {
  std::string program = command.argv.front();
  if (program.find('/') == std::string::npos) program = bp::search_path(program).string();
  if (program.empty())
    return named_error("no-program", "there is no program '" + command.argv.front() + "' on PATH",
                       "install it, or name its path");
  std::vector<std::string> rest(command.argv.begin() + 1, command.argv.end());
  bp::environment env = changed_environment(command.env);
  try {
    bp::ipstream stream;
    std::error_code why;  // without it a fork that fails makes a child without a number, and no error
    bp::child child = command.stdout_only
                          ? bp::child(program, bp::args(rest), env, kDieWithUs, why,
                                      bp::std_in<bp::null, bp::std_out> stream)
                          : bp::child(program, bp::args(rest), env, kDieWithUs, why,
                                      bp::std_in<bp::null, (bp::std_out & bp::std_err)> stream);
    if (!why && child.id() <= 0)
      why.assign(errno, std::system_category());  // Boost says nothing of its own pipe
    if (why) throw bp::process_error(why);
    Outcome outcome;
    outcome.output = read_all(stream, command.quiet);
    child.wait();
    int status = child.native_exit_code();
    outcome.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return outcome;
  } catch (const bp::process_error& why) {
    return named_error("no-program", program + " cannot be started: " + why.code().message(),
                       "check that it is there and may be run: `ls -l " + program + "`");
  }
}

std::string last_lines(const std::string& text, size_t count) {
  std::vector<std::string> kept;
  for (const std::string& line : split(text, '\n'))
    if (!trim(line).empty()) kept.push_back(line);
  if (kept.size() > count)
    kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(count));
  return join(kept, "\n");
}

}  // namespace mlpgen::tool
