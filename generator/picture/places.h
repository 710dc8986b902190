// Many spans to "file:line:column", each file's lines counted once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/source.h"

namespace mlpgen {

class Places {
 public:
  explicit Places(const Sources& sources) : sources_(sources) {}

  std::string of(Span span);  // as Sources::describe

 private:
  const Sources& sources_;
  std::map<SourceId, std::vector<uint32_t>> lines_;  // offset of the first byte of each line
};

}  // namespace mlpgen
