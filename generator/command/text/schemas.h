// The kinds of files that mlpgen reads, with their JSON Schemas of schemas/, built into the
// program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

struct FileKind {
  std::string_view name;          // recipe, rule, ...
  std::string_view about;         // what such a file is, and where it stands
  std::string_view schema;        // the JSON Schema
  std::vector<std::string> keys;  // of the top level, in the order in which fmt writes them
};

const std::vector<FileKind>& file_kinds();  // sorted by name

}  // namespace mlpgen
