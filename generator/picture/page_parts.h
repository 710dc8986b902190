// The files templates/graph.*, built into the program.
#pragma once

#include <string_view>

namespace mlpgen {

extern const std::string_view kPageFrame;  // graph.html
extern const std::string_view kPageStyle;  // graph.css
extern const std::string_view
    kPageScript;  // graph-*.js and graph.js, in the order in which they use each other

}  // namespace mlpgen
