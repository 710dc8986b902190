// The subcommands of mlpgen-tool that a rule may name, as both programs know them: each has the
// options that one rule of mlpgen's own declares. The table holds the files of those rules as they
// were when the programs were built (tool_rules.py writes it).
#pragma once

#include <span>
#include <string_view>

#include "base/diagnostic.h"
#include "recipe/rule.h"

namespace mlpgen {

struct ToolRule {
  std::string_view tool;  // `tool: NAME` of the rule
  std::string_view file;  // e.g. rules/git.yaml
  std::string_view text;
};

std::span<const ToolRule> tool_rules();
// The rule that declares the options of a subcommand; none where no rule does.
std::optional<StepRule> rule_of_tool(std::string_view tool);

// Whether the subcommand that a rule names takes what the rule hands it; `text` is the rule's file.
// Reports unknown-tool, unknown-parameter and missing-parameter.
void check_tool(const StepRule& rule, std::string_view text, Sink& sink);

}  // namespace mlpgen
