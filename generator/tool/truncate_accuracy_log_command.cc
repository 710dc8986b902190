// mlpgen-tool truncate-accuracy-log
#include <iostream>

#include "base/subcommand.h"
#include "file/file.h"
#include "loadgen/truncate.h"

namespace mlpgen::submission {

namespace {

Result<int> truncate(const Arguments& a) {
  const std::string& out = a.text("out");
  Result<Truncation> done = truncate_accuracy_log(a.text("log"), a.text("accuracy"));
  if (!done) return done.error();
  if (Status s = make_directories(out); !s) return s.error();
  if (Status s = write_file(out + "/mlperf_log_accuracy.json", done->log); !s) return s.error();
  if (Status s = write_file(out + "/accuracy.txt", done->accuracy_txt); !s) return s.error();
  std::cout << "hash=" << done->sha256 << "\n";
  return 0;
}

const Registered kTruncate(
    {"truncate-accuracy-log", truncate,
     "As the official truncation tool does. The two given files stay as they "
     "are."});

}  // namespace

}  // namespace mlpgen::submission
