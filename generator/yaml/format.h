// A YAML text to its one canonical form: what fmt writes.
//
// Kept as they are: whether a list or map stands on one line ({a: b}) or as a block, quotes,
// comments and their order, single blank lines. Everything else has one form: indentation 2, `- `
// items indented by 2 below their key, one blank behind `:` and `,`, none inside brackets, double
// quotes unless the text holds quotes or backslashes, two blanks before a comment behind a value,
// one blank line at most, none at the beginning and the end.
// A line has at most 100 columns: a list or map in brackets that does not fit, or in which comments
// stand, becomes a block with one item a line; a text that does not fit is folded (>-) at its
// blanks, a comment on its own line is wrapped. A word without blanks that does not fit gets a line
// of its own; one that is too long even there stays where it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "yaml/yaml.h"

namespace mlpgen {

// `order`: the top-level keys in the order in which they shall stand; others follow in the order of
// the text. A comment moves with the key that it stands above; those above a blank line at the top,
// and `# yaml-language-server`, stay at the top. Reports what parse_yaml reports. Throws
// std::logic_error where the result would not say the same (a bug: nothing may be written then).
std::optional<std::string> format_yaml(const Sources& sources, SourceId source,
                                       const std::vector<std::string>& order, Sink& sink);

// What a tree says, whatever its file looks like: equal for equal texts, lists and maps; the order
// of the keys of a map does not count.
std::string said(const Node& root);

}  // namespace mlpgen
