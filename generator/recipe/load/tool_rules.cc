// A rule's tool against the options that it has.
#include "recipe/load/tool_rules.h"

#include <algorithm>

#include "recipe/load/load.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

void report_unknown(const Text& tool, Sink& sink) {
  std::vector<std::string> known;
  for (const ToolRule& t : tool_rules()) known.emplace_back(t.tool);
  std::sort(known.begin(), known.end());
  std::string near = did_you_mean(tool.value, known);
  sink.error(
          "unknown-tool", tool.span,
          "mlpgen-tool has no subcommand '" + tool.value + "' that takes the parameters of a rule")
      .with_help(near.empty() ? "write the command as `argv`, or name one of: " + join(known, ", ")
                              : near);
}

void report_unknown(const StepRule& rule, const RuleParam& p, const StepRule& of_tool, Sink& sink) {
  std::vector<std::string> known;
  for (const RuleParam& k : of_tool.params)
    if (k.argument) known.push_back(k.name.value);
  std::string near = did_you_mean(p.name.value, known);
  sink.error("unknown-parameter", p.name.span,
             "`mlpgen-tool " + rule.tool.value + "` takes no '" + p.name.value + "'")
      .note(rule.tool.span, "the tool of this rule")
      .with_help(near.empty() ? "it takes: " + join(known, ", ") +
                                    "; with `argument: no` configure alone reads a parameter"
                              : near);
}

}  // namespace

std::optional<StepRule> rule_of_tool(std::string_view tool) {
  for (const ToolRule& t : tool_rules()) {
    if (t.tool != tool) continue;
    Sources sources;
    Sink sink;
    return load_rule(sources, sources.add(std::string(t.file), std::string(t.text)), sink);
  }
  return std::nullopt;
}

void check_tool(const StepRule& rule, std::string_view text, Sink& sink) {
  if (rule.tool.value.empty()) return;
  for (const ToolRule& t : tool_rules())
    if (t.tool == rule.tool.value && t.text == text) return;
  std::optional<StepRule> of_tool = rule_of_tool(rule.tool.value);
  if (!of_tool) return report_unknown(rule.tool, sink);
  for (const RuleParam& p : rule.params) {
    if (!p.argument) continue;
    const RuleParam* taken = of_tool->find_param(p.name.value);
    if (!taken || !taken->argument) {
      report_unknown(rule, p, *of_tool, sink);
    } else if (kind_of(p.type) != kind_of(taken->type) &&
               !(kind_of(p.type) == Param::Kind::kText &&
                 kind_of(taken->type) == Param::Kind::kList)) {
      sink.error("wrong-type", p.name.span,
                 "`mlpgen-tool " + rule.tool.value + "` takes '" + p.name.value + "' as " +
                     type_word(*taken) + ", and here it is " + type_word(p))
          .with_help("write `type: " + std::string(type_word(*taken)) + "`");
    }
  }
  for (const RuleParam& p : of_tool->params) {
    const RuleParam* given = rule.find_param(p.name.value);
    if (p.argument && p.required && (!given || !given->argument))
      sink.error("missing-parameter", rule.tool.span,
                 "`mlpgen-tool " + rule.tool.value + "` needs '" + p.name.value + "': " + p.about)
          .with_help("declare `" + p.name.value + ": {type: " + type_word(p) +
                     ", about: ...}` under `params`");
  }
}

}  // namespace mlpgen
