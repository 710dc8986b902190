// A rule as data: how one kind of step becomes edges (rules/NAME.yaml).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "recipe/recipe.h"

namespace mlpgen {

// What a parameter takes: a text; one in decimal digits; one that counts as on unless it is empty,
// no, off, false or 0; texts; patterns of project files; texts with keys.
enum class ParamType { kText, kInt, kBool, kList, kGlob, kMap };
inline constexpr const char* kParamTypeWords[] = {"text", "int",  "bool",
                                                  "list", "glob", "map"};  // as a rule writes them
Param::Kind kind_of(ParamType type);

struct RuleParam {
  Text name;
  ParamType type = ParamType::kText;
  bool required = true;
  bool argument = true;  // an argument of the rule's tool; else configure alone reads it
  std::vector<std::string> choices;  // of a text; none: any
  std::vector<TemplateText>
      default_items;  // may name ${lock.FIELD}, ${request} or the output of an earlier edge
  std::string about;
};

inline const char* type_word(const RuleParam& param) {
  return kParamTypeWords[static_cast<int>(param.type)];
}

// One word of a command: a text, or words that are added under a condition or for each item of a
// parameter.
struct Word {
  enum class Kind { kText, kWhen, kEach };
  Kind kind = Kind::kText;
  TemplateText text;               // kText: the template; kWhen, kEach: the parameter's name
  std::vector<TemplateText> then;  // kWhen, kEach
};

struct RuleEdge {
  Text id;
  std::string about;
  Text foreach_param;      // one edge for each item of this parameter
  std::vector<Word> argv;  // empty: the rule's tool with the rule's parameters as arguments
  EnvMap env;              // the mode's (docs/language.md), then what the rule says
  std::vector<Text> pass_env;
  std::vector<Text>
      after;  // parameters that name what must be done before, though the command does not name it
  std::vector<std::pair<Text, TemplateText>>
      outputs;  // name, path template below ${out}; a directory ends in '/'
};

// What a rule may look up in the lock (docs/language.md, section Rules).
inline constexpr const char* kLockKinds[] = {
    "package", "python-environment", "conda-environment", "file", "commit", "local", "checkout"};

// What a step does, in one word: `mlpgen plan` counts edges by it and `mlpgen query 'kind(fetch)'`
// finds them.
inline constexpr const char* kStepKinds[] = {
    "fetch",    "local",   "install", "extract", "compile",    "write",  "preprocess",
    "accuracy", "measure", "score",   "check",   "submission", "refuse", "work"};

struct StepRule {
  SourceId source{};
  std::string digest;  // SHA-256 of all that the file says; comments and form do not count
  Text name;
  std::string about;
  std::string kind;           // one of kStepKinds; left out: the mode's word
  std::string mode = "work";  // work | measure | fetch
  int revision = 1;           // raised when the work that mlpgen-tool does for it changes
  Text tool;                  // the subcommand of mlpgen-tool that an edge without argv runs
  Text lock;  // what is looked up in the lock: package | python-environment | file; empty: nothing
  std::vector<RuleParam> params;
  std::vector<RuleEdge> edges;
  // The rule as each of its modes has it (about, kind, mode): a step names one of them by the
  // parameter `mode`. Most rules have none.
  std::vector<StepRule> modes;
  Text chosen;  // of one of the modes: its word

  const StepRule& in_mode(std::string_view word) const;  // itself where there is no such mode
  const RuleParam* find_param(std::string_view name) const;
};

inline constexpr const char* kModeParam = "mode";  // of a rule with modes

}  // namespace mlpgen
