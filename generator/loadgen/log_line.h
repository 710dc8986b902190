// One line of LoadGen's detail log, exactly as LoadGen words it, taken apart without a JSON reader:
// a round's logs have millions of them.
#pragma once

#include <string_view>

namespace mlpgen::submission {

struct LogLine {
  std::string_view key, value;  // `value` is JSON; a list or a map of plain values is "[]"
  bool error = false;           // metadata.is_error
};

// `rest`: what follows the marker, without the end of the line. False: any other form, which may
// be JSON all the same.
bool read_log_line(std::string_view rest, LogLine& line);

}  // namespace mlpgen::submission
