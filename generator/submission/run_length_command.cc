// mlpgen-tool user-conf
#include <iostream>

#include "base/file.h"
#include "submission/options.h"
#include "submission/run_commands.h"
#include "submission/run_length.h"

namespace mlpgen::submission {

int run_user_conf(int argc, char** argv) {
  CLI::App app(
      "Writes LoadGen's user.conf for a run of the style fast (a fifth of the queries) or valid (the 600 s of the rules),\nor for the 30 s of a calibration.\n"
      "Without a target it is taken from a calibration run: --measured is the folder of a performance run.");
  RunLength run;
  std::string measured, out;
  app.add_option("--style", run.style, "fast, valid or calibration")->required()->check(CLI::IsMember({"fast", "valid", "calibration"}));
  app.add_option("--model", run.model, "LoadGen's name of the model")->required();
  app.add_option("--scenario", run.scenario, "LoadGen's scenario")
      ->required()
      ->check(CLI::IsMember({"Offline", "Server", "SingleStream", "MultiStream"}));
  app.add_option("--target", run.target, "samples/s (Offline), queries/s (Server), or ms of a query (SingleStream, MultiStream)")
      ->check(CLI::PositiveNumber);
  app.add_option("--measured", measured, "folder with the mlperf_log_detail.txt of a calibration run");
  app.add_option("--out", out, "the file to write")->required();
  if (std::optional<int> code = parse_options(app, argc, argv)) return *code;

  std::optional<LoadgenLog> log;
  if (!measured.empty()) {
    Result<LoadgenLog> read = LoadgenLog::read(measured + "/mlperf_log_detail.txt");
    if (!read) return fail(read.error());
    log = std::move(*read);
    run.measured = &*log;
  }
  Result<std::string> text = run_length_conf(run);
  if (!text) return fail(text.error());
  if (Status s = write_file(out, *text); !s) return fail(s.error());
  std::cout << *text;
  return 0;
}

}  // namespace mlpgen::submission
