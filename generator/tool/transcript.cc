// mlpgen-tool transcript: a program, and a file with what it printed.
#include <algorithm>
#include <cstdio>

#include "base/file.h"
#include "tool/options.h"
#include "tool/process.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {

int run_transcript(int argc, char** argv) {
  std::string out;
  CLI::App app(std::string(kTranscriptAbout) +
                   ", while it prints it.\nIts exit code is ours, and no file is written where that is not 0.\n"
                   "Example: mlpgen-tool transcript --out uptime.txt -- ssh other.example uptime",
               "mlpgen-tool transcript");
  app.add_option("--out", out, "the file")->required();
  char** words = std::find_if(argv, argv + argc, [](const char* word) { return std::string(word) == "--"; });
  if (auto code = read_options(app, static_cast<int>(words - argv), argv)) return *code;
  if (argv + argc - words < 2)
    return report(named_error("usage", "no program is given", "write it behind --: `mlpgen-tool transcript --help`"));
  Command program;
  program.argv.assign(words + 1, argv + argc);
  Result<Outcome> done = run_process(program);
  if (!done) return report(done.error());
  if (done->code != 0) return done->code;
  Status written = write_file(out, done->output);
  return written ? 0 : report(written.error());
}

}  // namespace mlpgen::tool
