// A short command through Boost.Process.
#include "host/process.h"

#include <utility>  // Boost 1.74 uses std::exchange without it

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include <boost/asio/io_context.hpp>
#include <boost/process/args.hpp>
#include <boost/process/async.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/io.hpp>
#pragma GCC diagnostic pop

#include <future>

namespace bp = boost::process;

namespace mlpgen {

Output run_command(const std::vector<std::string>& argv, int seconds) {
  Output out;
  try {
    boost::asio::io_context io;
    std::future<std::string> text;
    bp::environment env = boost::this_process::environment();
    env["LC_ALL"] = "C.UTF-8";
    std::vector<std::string> arguments(argv.begin() + 1, argv.end());
    bp::child child(argv.front(), bp::args(arguments), env, (bp::std_out & bp::std_err) > text, bp::std_in < bp::null, io);
    io.run_for(std::chrono::seconds(seconds));
    if (text.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      child.terminate();
      return out;
    }
    child.wait();
    out.status = child.exit_code();
    out.text = text.get();
  } catch (const std::exception& e) {
    out.text = e.what();
  }
  return out;
}

}  // namespace mlpgen
