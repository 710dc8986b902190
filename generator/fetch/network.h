// Whether a program's complaint is about the network.
#pragma once

#include <string>

namespace mlpgen::tool {

// True when pip's or uv's output says that a server could not be reached.
bool speaks_of_network(const std::string& output);

}  // namespace mlpgen::tool
