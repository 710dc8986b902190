// mlpgen-tool user-conf
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "base/subcommand.h"
#include "file/file.h"
#include "loadgen/run_length.h"
#include "text/text.h"

namespace mlpgen::submission {

namespace {

Result<int> write_conf(const Arguments& a) {
  RunLength run{a.text("style"), a.text("model"), a.text("scenario"), std::nullopt};
  for (const auto& [key, value] : a.map("settings")) run.settings[key] = value;
  if (const std::string& said = a.text("rate_or_latency"); !said.empty()) {
    char* end = nullptr;
    double target = std::strtod(said.c_str(), &end);
    if (*end || !(target > 0) || !std::isfinite(target))
      return Error{"'" + said + "' after --rate-or-latency is no number above 0",
                   "give a rate or a time", 0, "usage"};
    run.target = target;
  }
  if (const std::string& seconds = a.text("calibration_s"); !seconds.empty()) {
    char* end = nullptr;
    run.calibration_s = std::strtod(seconds.c_str(), &end);
    if (*end || !(run.calibration_s > 0) || !std::isfinite(run.calibration_s))
      return Error{"'" + seconds + "' after --calibration-s is no number above 0",
                   "give a time in seconds", 0, "usage"};
  }
  for (const std::string& setting : split(a.text("more"), ';'))
    if (size_t at = setting.find('='); at != std::string::npos)
      run.more.emplace_back(setting.substr(0, at), setting.substr(at + 1));
  std::optional<LoadgenLog> log;
  if (const std::string& measured = a.text("measured"); !measured.empty()) {
    Result<LoadgenLog> read = LoadgenLog::read(measured + "/mlperf_log_detail.txt");
    if (!read) return read.error();
    log = std::move(*read);
    run.measured = &*log;
  }
  Result<std::string> text = run_length_conf(run);
  if (!text) return text.error();
  if (Status s = write_file(a.text("out"), *text); !s) return s.error();
  std::cout << *text;
  return 0;
}

const Registered kUserConf(
    {"user-conf", write_conf,
     "A test run has its settings alone. fast has a fifth of the queries, valid the 600 s of the "
     "rules, a calibration its --calibration-s.\n"
     "Without a target it is taken from a calibration run: --measured is the folder of a "
     "performance run."});

}  // namespace

}  // namespace mlpgen::submission
