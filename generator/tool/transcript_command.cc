// mlpgen-tool transcript: a program, and a file with what it printed.
#include <cstdio>

#include "base/subcommand.h"
#include "file/file.h"
#include "process/process.h"

namespace mlpgen::tool {

namespace {

Result<int> transcript(const Arguments& a) {
  if (a.command.empty())
    return named_error("usage", "no program is given",
                       "write it behind --: `mlpgen-tool transcript --help`");
  Command program;
  program.argv = a.command;
  Result<Outcome> done = run_process(program);
  if (!done) return done.error();
  if (done->code != 0) return done->code;
  if (Status s = write_file(a.text("out"), done->output); !s) return s.error();
  return 0;
}

const Registered kTranscript({"transcript",
                              transcript,
                              "Its exit code is ours, and no file is written where that is not 0.\n"
                              "Example: mlpgen-tool transcript --out uptime.txt -- ssh "
                              "other.example uptime",
                              {{"out", Parameter::Type::kText, "the file", true}},
                              "Run a program and keep what it prints, while it prints it"});

}  // namespace

}  // namespace mlpgen::tool
