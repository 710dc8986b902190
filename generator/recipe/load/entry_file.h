// A file of a user's own, one JSON or YAML object of texts, whose entries set keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "recipe/library.h"

namespace mlpgen {

struct FileEntry {
  Text name, value;
};

// All entries; one whose value is no text, number, yes or no is reported as `wrong-type` and left
// out. Nothing where the file is no object; `named`: the word that names it.
std::optional<std::vector<FileEntry>> read_entry_file(Library& library, const std::string& path,
                                                      Span named, Sink& sink);

}  // namespace mlpgen
