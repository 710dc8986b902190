// Asks the kernel and the environment.
#include "file/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace mlpgen {

Terminal terminal_at(int descriptor) {
  Terminal t;
  t.is_terminal = isatty(descriptor) != 0;
  winsize size{};
  if (t.is_terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
    if (size.ws_col != 0) t.columns = size.ws_col;
    if (size.ws_row != 0) t.rows = size.ws_row;
  }
  const char *none = std::getenv("NO_COLOR"), *term = std::getenv("TERM");
  bool refused = none != nullptr && *none != '\0';
  bool dumb = term == nullptr || *term == '\0' || std::string_view(term) == "dumb";
  t.may_colour = t.is_terminal && !refused && !dumb;
  return t;
}

}  // namespace mlpgen
