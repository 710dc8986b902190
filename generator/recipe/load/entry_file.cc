// A file of entries as texts with their places.
#include "recipe/load/entry_file.h"

#include "yaml/yaml.h"

namespace mlpgen {

std::optional<std::vector<FileEntry>> read_entry_file(Library& library, const std::string& path,
                                                      Span named, Sink& sink) {
  SourceId source = library.open(path);
  std::optional<Node> root = parse_yaml(library.sources(), source, sink);
  if (!root) return std::nullopt;
  if (!root->is_map()) {
    sink.error("wrong-type", root->span, path + " is not one object")
        .note(named, "it is named here")
        .with_help("write {\"KEY\": \"value\", ...}");
    return std::nullopt;
  }
  std::vector<FileEntry> entries;
  for (const auto& [name, value] : root->entries) {
    if (value.is_scalar()) {
      entries.push_back({{name.text, name.span}, {value.text, value.span}});
      continue;
    }
    sink.error("wrong-type", value.span.known() ? value.span : name.span,
               "'" + name.text + "' must be a text here, not " +
                   (value.is_list()  ? "a list"
                    : value.is_map() ? "an object"
                                     : "null"))
        .with_help("write \"" + name.text + "\": \"...\", or leave the line out");
  }
  return entries;
}

}  // namespace mlpgen
