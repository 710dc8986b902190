// What stands behind a descriptor: a person's terminal, or a file or pipe.
#pragma once

#include <cstddef>

#include "base/diagnostic.h"

namespace mlpgen {

struct Terminal {
  bool is_terminal = false;
  size_t columns = 80, rows = 24;  // as they are now; the defaults where they are not known
  bool may_colour = false;         // a terminal that is not dumb, and NO_COLOR is unset or empty
  Colour colour() const { return may_colour ? Colour::kAnsi : Colour::kNone; }
};

Terminal terminal_at(int descriptor);

}  // namespace mlpgen
