// mlpgen-tool truncate-accuracy-log
#include <iostream>

#include "base/file.h"
#include "submission/options.h"
#include "submission/run_commands.h"
#include "submission/truncate.h"

namespace mlpgen::submission {

int run_truncate(int argc, char** argv) {
  CLI::App app(
      "Cuts LoadGen's mlperf_log_accuracy.json to its first and last 4096 bytes and appends the "
      "SHA-256 of the\n"
      "whole log to accuracy.txt, as the official truncation tool does. The two given files stay "
      "as they are.");
  std::string log, accuracy, out;
  app.add_option("--log", log, "mlperf_log_accuracy.json as LoadGen wrote it")->required();
  app.add_option("--accuracy-txt", accuracy, "what the accuracy script printed")->required();
  app.add_option("--out", out, "folder that gets mlperf_log_accuracy.json and accuracy.txt")
      ->required();
  if (std::optional<int> code = parse_options(app, argc, argv)) return *code;

  Result<Truncation> done = truncate_accuracy_log(log, accuracy);
  if (!done) return fail(done.error());
  if (Status s = make_directories(out); !s) return fail(s.error());
  if (Status s = write_file(out + "/mlperf_log_accuracy.json", done->log); !s)
    return fail(s.error());
  if (Status s = write_file(out + "/accuracy.txt", done->accuracy_txt); !s) return fail(s.error());
  std::cout << "hash=" << done->sha256 << "\n";
  return 0;
}

}  // namespace mlpgen::submission
