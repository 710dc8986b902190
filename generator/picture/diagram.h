// Boxes and arrows: what a picture and the plan look like before they are written as dot or
// Mermaid.
#pragma once

#include <string>
#include <vector>

#include "picture/picture.h"

namespace mlpgen {

struct Box {
  std::string name;    // unique
  std::string detail;  // a second line, or ""
  Stage stage = Stage::kRequest;
  bool quiet = false;    // nothing runs there
  bool measure = false;  // a measurement, alone on its machine
};

struct Arrow {
  uint32_t from = 0, to = 0;  // numbers of boxes
  bool order = false;         // it only comes before
};

struct Diagram {
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;  // each once
};

Diagram instance_diagram(const Picture& picture);
Diagram edge_diagram(const Picture& picture);

}  // namespace mlpgen
