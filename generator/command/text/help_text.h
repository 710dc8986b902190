// --help, made from the table of commands.
#pragma once

#include <string>

#include "command/command.h"

namespace mlpgen {

std::string overview();
std::string help_of(const CommandEntry& entry);

}  // namespace mlpgen
