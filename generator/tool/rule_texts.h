// The rules whose work subcommands do: their files as they were when mlpgen-tool was built (commands.py writes the table).
#pragma once

#include <span>
#include <string_view>

namespace mlpgen::tool {

struct RuleText {
  std::string_view tool;  // `tool: NAME` of the rule
  std::string_view file;  // e.g. rules/git.yaml
  std::string_view text;
};

std::span<const RuleText> rule_texts();

}  // namespace mlpgen::tool
